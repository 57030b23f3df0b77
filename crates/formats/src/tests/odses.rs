use super::*;

const TABLES: &str = r#"<office:automatic-styles><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
    <office:body><office:spreadsheet>
    <table:table table:name="Old" table:style-name="ta2"><table:table-row><table:table-cell office:value-type="string"><text:p>gone</text:p></table:table-cell></table:table-row></table:table>
    <table:table table:name="People" table:style-name="ta1"><table:table-column table:number-columns-repeated="16384"/>
    <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
    <table:table-row><table:table-cell office:value-type="string"><text:p>Name</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="string"><office:annotation><text:p>a remark</text:p></office:annotation><text:p>Two<text:s text:c="2"/>words &lt;</text:p><text:p>next</text:p></table:table-cell></table:table-row>
    <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="0.30000000000000004" calcext:value-type="float"><text:p>0.30</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="1234"><text:p>01234</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2026-11-22"><text:p>22.11.26</text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.25"><text:p>25 %</text:p></table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="false"><text:p>FAUX</text:p></table:table-cell><table:table-cell office:value-type="currency" office:currency="EUR" office:value="12.5"><text:p>12,50 €</text:p></table:table-cell><table:table-cell office:value-type="time" office:time-value="PT14H30M00S"><text:p>14:30</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2026-11-22T10:30:00"><text:p>x</text:p></table:table-cell><table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell><table:covered-table-cell/></table:table-row>
    <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>
    </office:spreadsheet></office:body>"#;

#[test]
fn cells_say_their_type_and_rows_repeat() {
    let (rows, findings) = rows_of(&ods(TABLES), None).unwrap();
    let line = "0.3|01234|2026-11-22|25%|false|12.5|14:30:00|2026-11-22T10:30:00";
    assert_eq!(rows, [(3, "Name|||Two  words <\nnext".to_owned()), (4, line.to_owned()), (5, line.to_owned())]);
    assert_eq!(findings.first_error_cell.as_deref(), Some("I4"));
    assert_eq!(rows_of(&ods(TABLES), Some("Old")).unwrap().0, [(1, "gone".to_owned())]);
}

#[test]
fn a_password_is_said_to_be_one() {
    let file = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", "not xml"),
        ("META-INF/manifest.xml", "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"),
    ]);
    assert_eq!(refused(&file), "sheet-encrypted");
}
