## web

not-found = Not found
unauthenticated = Please sign in
administrators-only = Only administrators may do this
cross-origin = This request comes from another site and was refused
invalid = Something in the request is not valid
stale = Someone else has changed this in the meantime; load it again
busy = Too many requests at once; please try again shortly
unavailable = The service is not available right now; please try again shortly
internal = Something went wrong on our side; quote the request id when you report it
method-not-allowed = This address does not support this method
request-refused = The request was refused
uri-too-long = The address is too long
content-type-not-json = The body must be JSON (Content-Type: application/json)
body-too-large = The body is too large
body-cut-off = The body did not arrive completely
body-malformed = The body is not valid JSON (line { $line }, column { $column })
body-unknown-field = There is no field “{ $name }” here
body-missing-field = The field “{ $name }” is missing
body-repeated-field = The field “{ $name }” is given twice
body-wrong-kind = A value of another kind is expected here ({ $reason })
query-unreadable = This parameter cannot be read ({ $reason })
query-unknown = There is no parameter “{ $name }” here
query-repeated = The parameter “{ $name }” is given twice

## Fields

field-needs-text = A text in quotes is expected here
field-needs-number = A number is expected here
field-needs-list = A list is expected here: [ … ]
field-too-many = At most { $max } values are allowed
field-control-character = The text contains a control character ({ $code }); remove it
field-line-break = The text must stand on one line; remove the line break
field-text-too-long = The text has { $length } characters; at most { $max } are allowed
field-text-too-short = The text has { $length } characters; at least { $min } are needed
field-pattern-mismatch = “{ $found }” does not have the required form ({ $pattern })
field-pattern-unreadable = The pattern “{ $pattern }” is not a valid regular expression, or it is too large
field-too-many-tags = The formatted text has more than { $max } tags; simplify its formatting
field-html-unreadable = The formatted text cannot be read as HTML; simplify its formatting
field-not-a-number = “{ $found }” is not a number; write it like 1234.50
field-not-whole = “{ $found }” is not a whole number
field-number-too-fine = “{ $found }” has more than { $digits } digits after the decimal point
field-number-too-small = The number must be at least { $min }
field-number-too-large = The number must be at most { $max }
field-number-inexact = The number { $found } has too many digits to be read exactly; send it as text, in quotes
field-not-money = An amount is written as 1234.50 EUR, or as an object with “amount” and “currency”
field-unknown-currency = “{ $found }” is not a currency code (ISO 4217); write for example EUR
field-unknown-part = There is no part called “{ $part }” here
field-not-yes-no = “{ $found }” is neither yes nor no; write true or false
field-not-a-date = “{ $found }” is not a date; write it like 2026-11-22
field-not-a-date-like = “{ $found }” is not a date; in this file dates look like { $example }
field-not-an-instant = “{ $found }” is not a date with a time; write it like 2026-11-22T10:00:00Z
field-not-a-duration = “{ $found }” is not a length of time; write it like 1:30, 90 min, 1h 30m or PT1H30M
field-unknown-choice = “{ $found }” is not one of the choices: { $choices }
field-retired-choice = The option { $code } is retired and cannot be chosen any more
field-not-an-email = “{ $found }” is not an e-mail address; write it like name@example.com
field-not-a-phone = “{ $found }” is not a complete phone number; write it with the country code, like +48 12 345 67 89 (without one it is read as a number of { $country })
field-phone-extension = “{ $found }” has an extension; write the number alone
field-not-an-iban = “{ $found }” is not an IBAN; write it with its country code, like PL61 1090 1014 0000 0712 1981 2874
field-iban-length = An IBAN of { $country } has { $length } characters; this one has { $found }
field-iban-check = The check digits of the account { $found } do not match; compare it with the original
field-not-a-tax-id = This is not a { $scheme } number: its length or its check digits are not right
field-not-a-vat-number = This is not a VAT number of { $country }: its length or its check digits are not right
field-vat-without-country = This is not a VAT number of { $country }; for another country, write its code first, like RO14399840
field-national-ids = Numbers of people ({ $scheme }) may be kept only once the company allows it: set “allow_national_ids” in the settings
field-not-a-url = “{ $found }” is not a web address; write it like https://example.com
field-not-an-address = An address is written as “street; postcode; city; region; country”, or as an object with these parts
field-not-a-file = A file is written as the id that POST /files answered
field-file-unknown = There is no file { $id } that you may put here; send it first
field-not-a-picture = “{ $name }” is no picture that browsers show, but { $kind }; send a PNG, JPEG, WebP or GIF
field-unknown-country = “{ $found }” is not a country; write its two-letter code, like PL, or its name
field-unknown-language = “{ $found }” is not a language; write its two-letter code, like pl, or its name
field-not-an-id = “{ $found }” is not the id of a record (13 letters and digits)
field-link-without-id = The “id” of the record is missing
field-link-without-object = Say which object the record belongs to, like contacts:ID
field-unknown-object = There is no object called “{ $found }”
field-wrong-object = This field leads to { $object }, not to “{ $found }”
field-keeps-no-roles = This field keeps no roles; remove “{ $found }”
field-role-day = “{ $found }” is not a day; write it like 2026-11-22
field-role-ends-first = The last day of a role lies before its first

## identity

identity-credentials-wrong = E-mail or password is wrong
identity-cursor = This cursor is not valid; start again from the first page
identity-email-invalid = This is not a valid e-mail address
identity-email-taken = Another user has this e-mail address already
identity-expiry-past = This moment is in the past
identity-instant-invalid = Expected a moment such as 2026-11-22T10:00:00Z
identity-language-unknown = This language is not available (en, pl, fr, ro)
identity-last-administrator = There must always be an active administrator
identity-limit = The limit is a number from 1 to { $most }
identity-name-invalid = A name has 1 to { $most } characters
identity-object-name-invalid = “{ $name }” cannot be the name of an object
identity-password-guessed = This password is easy to guess
identity-password-long = A password has at most { $most } bytes
identity-password-short = A password has at least { $least } characters
identity-password-wrong = The current password is wrong
identity-role-fixed = The administrator role cannot be changed
identity-role-in-use = There are still users with this role
identity-role-name-invalid = A role’s name consists of small letters, digits, - and _ (at most { $most })
identity-role-name-taken = There is a role with this name already
identity-role-unknown = There is no role “{ $role }”
identity-scope-invalid = “{ $scope }” is not a scope such as contacts:read
identity-scopes-many = A token has at most { $most } scopes
identity-set-up-already = This installation is set up already
identity-setup-code-wrong = The set-up code is wrong; the current one is on the server’s console
identity-team-circle = A team cannot stand below itself
identity-team-in-use = The team still has members or teams below it
identity-team-name-taken = There is a team with this name already
identity-team-unknown = There is no team “{ $team }”
identity-token-by-token = Tokens are managed by people, not by other tokens
identity-token-user-missing = Say whose token it is to be
identity-user-unknown = There is no active user “{ $user }”

## Files

card-broken = The file of cards is incomplete or not a vCard; the last card that begins is number { $card }
card-contacts-only = Cards hold people: import or export them as contacts
card-left-out = Left out, because contacts have no place for it: { $what }
file-empty = The file is empty; its first row must hold the names of the columns
file-binary = The row contains zero bytes; this is not a text file
file-undecodable = The row is not valid { $encoding }; save the file as UTF-8, or name its encoding
file-encoding-unknown = The encoding “{ $found }” cannot be read; save the file as UTF-8
file-delimiter-unknown = “{ $found }” cannot separate columns; use a comma, a semicolon, a tab or |
file-row-too-long = The row is longer than { $max } bytes; perhaps a quotation mark is not closed
file-cell-too-long = A cell holds more than { $max } characters
file-too-many-columns = The row has more than { $max } columns
file-row-too-wide = The row has { $cells } cells, but the header names { $columns } columns; perhaps a cell with a delimiter inside is not in quotation marks
file-column-without-name = Column { $column } has no name; write one into the first row
file-column-twice = Columns { $first } and { $second } are both called “{ $name }”; rename one
file-field-twice = “{ $first }” and “{ $second }” would both become the field { $field }; rename one, or write a map
file-no-column-known = No column of the file has the name of a field of { $object }; rename the columns, or write a map
file-map-unreadable = The map cannot be read: { $reason }
file-map-create = What { $field } names cannot be made or changed on the way; create and update are for a reference that is told by one field of its record, such as company.name
file-map-update-own = { $field } leads to { $object } like the rows themselves; import what is to change there as rows of its own
file-map-also-unknown = There is no object “{ $object }” of which you may create records
file-map-also-twice = The map fills { $object } already in another way; name the object once
file-map-also-relation = The field { $field } of { $object } does not lead to { $to }; name one that does
file-map-also-no-relation = Nothing in { $object } leads to { $to }
file-map-also-relations = Several fields of { $object } lead to { $to }: { $fields }; write "row" for the one that is meant
file-map-unclear = The map must name either a column or a value for { $field }
file-map-unknown-field = The map names the field { $field }, which cannot be imported here
file-map-unknown-column = The map names the column “{ $column }”, which the file does not have
mapping-name-length = A name has between 1 and { $max } characters
mapping-name-taken = There is already a map called “{ $name }” for this object, or there are too many maps
mapping-not-yours = Only whoever made this map, or an administrator, may change it
mapping-object-unknown = There is no object “{ $object }” into which you may import
mapping-or-map = Give either a map or the name of one
mapping-unknown = There is no saved map called “{ $name }” for this object
export-schedule-name = A name has between 1 and { $max } characters
export-schedule-keep = Between 1 and { $max } files can be kept
export-schedule-time = “{ $found }” is no time of day; write it as 06:00
export-schedule-weekday = Only a file for each week has a day of the week
export-schedule-day = Only a file for each month has a day, between 1 and 31
export-schedule-of-nobody = An export on a schedule has the rights of a user: sign in as one
export-schedule-owner-gone = Whoever asked for these files cannot sign in any more
export-schedule-scope = A token with scopes has no hand in exports on a schedule, which have all rights of their owner; use one without
export-schedule-too-many = There are { $most } exports on a schedule already; delete one first
export-schedule-waiting = { $most } files of this schedule are waiting to be written already
export-too-large = The file would have more than { $most } GiB; narrow the filter or name fewer fields
preset-unknown = There is no preset “{ $name }”; there are: { $known }
sheet-broken = The spreadsheet is damaged or incomplete; open it, save it again and send the new file
sheet-encrypted = The file is protected by a password or in an old format (.xls); save it as .xlsx, .ods or .csv without a password
sheet-error-cells = Cells that show an error such as #N/A are taken as empty: { $count }, the first is { $first }
sheet-no-room = There is no room on the server to unpack the spreadsheet; try again later
sheet-none = Only spreadsheets have sheets; leave this out
sheet-not-one = The file is neither XLSX nor ODS; save it as .xlsx, .ods or .csv
sheet-too-large = The spreadsheet holds more than can be read; split it, or save it as CSV
sheet-unknown = There is no sheet “{ $name }”; the file has: { $known }

## Views
view-for-all = Views for all are made and changed by administrators, and by those whose role may: its rights on views say update: all
view-not-yours = Only whoever made this view, or somebody whose role may change the views of others, may change it
view-object-unknown = There is no object “{ $object }” that you may read
view-of-nobody = A private view belongs to a user; make it as one, or for all
view-part-unusable = This part of the view names something that is not there or that you may not see; ask whoever made the view
view-team-unknown = You are in no such team; share the view with one of your teams
view-text-length = This text has { $max } characters at most
view-too-many = A view has { $most } columns at most
view-too-many-views = There are too many views: { $most } of one person at most, and 800 of one object that are shared. Delete some first
view-unknown = There is no such view of { $object }
view-unusable = The view “{ $name }” cannot be used: its filter does not fit the fields that you may see

## Totals
totals-no-group = Records cannot be grouped by { $field }
totals-not-a-date = { $field } is no date: only dates have days, weeks, months, quarters and years
totals-not-a-number = The values of { $field } cannot be added up or compared so
totals-sort = “{ $found }” is none of the totals asked for; write group, count or one of them
totals-too-large = A total is too large to be shown; narrow the filter
totals-too-many = A group or total is asked for { $most } times at most
totals-too-many-groups = There are more than { $most } groups; group by something coarser or narrow the filter
totals-unit = “{ $found }” is no stretch of time: write day, week, month, quarter or year
totals-unreadable = “{ $found }” is no total: write sum(field), avg(field), min(field), max(field) or count

## Filters

filter-expected =
    at character { $position }: expected { $expected ->
        [test] the name of a field, “not”, “(”, or one of any, no, all, count, sum, avg, min, max
        [field] the name of a field
        [relation] the name of a relation to many records, like orders
        [operator] an operator: =, ==, !=, <, <=, >, >=, in, is, between, contains, starts with or ends with
        [comparison] a comparison: =, ==, !=, <, <=, > or >=
        [value] a value: 'text', a number, true, false, date'…', instant'…', money'…', now, today, me or my_team
        [text] a text in single quotes
        [and] “and” with the upper end
        [and-or] “and”, “or” or the end
        [and-or-close] “and”, “or” or “)”
        [comma-or-close] “,” or “)”
        [where-or-close] “where” or “)”
        [open] “(”
        [with] “with”
        [of] “of”
        [empty] “empty”
        [empty-or-not] “empty” or “not empty”
        [list-or-period] a list in parentheses, “tree of” with an id, or next, last or this with a period
        [number-or-period] a number, or week, month, quarter or year
        [period] week, month, quarter or year
        [unit] days, weeks, months, quarters or years
       *[other] { $expected }
    }, { $ended ->
        [yes] but the filter ends here
       *[no] found “{ $found }”
    }
filter-value =
    at character { $position }: “{ $found }” is no value for “{ $name }”; write { $kind ->
        [integer] a number, like 12.50
        [decimal] a number, like 12.50
        [percent] a number, like 12.50
        [money] a number in the base currency, or money'12.50 EUR'
        [yes_no] true or false
        [date] date'2026-11-22', today or now
        [instant] date'2026-11-22', instant'2026-11-22T10:00:00Z', today or now
        [relation] the id of a record in single quotes
        [relations] the id of a record in single quotes
        [user] the id of a user in single quotes, or me
        [team] the id of a team in single quotes, or my_team
       *[other] a text in single quotes
    }
filter-too-long = at character { $position }: the filter is longer than { $limit } bytes
filter-too-deep = at character { $position }: parentheses are nested deeper than { $limit } levels
filter-too-many-tests = at character { $position }: the filter has more than { $limit } tests
filter-too-many-values = at character { $position }: the list has more than { $limit } values
filter-unclosed = at character { $position }: the closing { $quote } is missing
filter-nul = at character { $position }: a text cannot hold the character NUL
filter-reserved = at character { $position }: “{ $found }” is a key word; a field of this name is written in backquotes: `{ $found }`
filter-not-a-date = at character { $position }: “{ $found }” is not a date; write it like date'2026-11-22'
filter-not-an-instant = at character { $position }: “{ $found }” is not an instant; write it like instant'2026-11-22T10:00:00Z'
filter-not-money = at character { $position }: “{ $found }” is not an amount; write it like money'1000.00 EUR'
filter-unknown-currency = at character { $position }: “{ $found }” is not a currency
filter-unknown-field = at character { $position }: there is no field “{ $name }” of { $object } to filter by
filter-unknown-relation = at character { $position }: there is no relation “{ $name }” from { $object } to many records
filter-not-a-relation = at character { $position }: “{ $name }” is not a relation, so nothing can follow it
filter-no-hierarchy = at character { $position }: { $object } have no hierarchy that “in tree of” could ask about
filter-keeps-no-roles = at character { $position }: the links of “{ $name }” have no roles and days, so “as” and “on” say nothing of them
filter-needs-day = at character { $position }: “{ $found }” is not a day; write date'2026-11-22', today or now
filter-which-hierarchy = at character { $position }: { $object } have several hierarchies; name the one that is meant, like { $name }.{ $field } in tree of
filter-any-object = at character { $position }: “{ $name }” leads to records of any object, so its fields cannot be named
filter-leads-to-many = at character { $position }: “{ $name }” leads to many records; write any({ $name } where …)
filter-nobody-asks = at character { $position }: a rule holds for everybody; it cannot ask for me or my_team
filter-own-fields = at character { $position }: a rule can only look at the fields of the record itself
filter-path-too-long = at character { $position }: a path follows at most { $limit } relations
filter-nested = at character { $position }: relations can be nested at most { $limit } deep
filter-operator = at character { $position }: “{ $operator }” does not go with “{ $name }”, a field of type { $kind }
filter-stretch = at character { $position }: “{ $found }” should be a whole number from 0 to { $limit }
filter-needs-field = at character { $position }: { $figure } needs a field: { $figure }({ $relation }.field)
filter-needs-number = at character { $position }: “{ $found }” should be a number
filter-takes-no-field = at character { $position }: only sum, avg, min and max take a field; remove “.{ $name }”
filter-too-fine = at character { $position }: an average is compared with at most { $digits } digits more than the field has

## jobs

jobs-limit = The limit is a number from 1 to { $most }
jobs-cursor = This cursor is not valid; start again from the first page
jobs-state = A state is one of { $states }
jobs-not-dead = Only a job that has given up can be tried again

## Demo

demo-not-empty = The database has records already; the demo company is made in an empty one
demo-refused = The demo company could not be made: { $path } answered “{ $answer }”

## Database

db-in-use = The data folder { $dir } is in use by another process; stop it first
db-tenant-name = A tenant's name has 1 to 64 characters: lower-case letters without accents, digits, - and _
db-schema-newer = The data was written by a newer version of the program (migration { $number }, { $name }); install that version
db-migration-changed = Migration { $name } was changed after it had been applied here; restore its text
db-no-free-node = All 1,024 node numbers are in use; stop programs that are no longer needed
db-postgres-too-old = PostgreSQL { $version } is too old; version 15 or newer is needed
db-postgres-encoding = The database uses the encoding { $encoding }; UTF8 is needed
db-postgres-role-bypasses = The role { $role } may bypass row-level security; take that right away

## Records

batch-id-missing = Say which record is meant: give its id
batch-repeated = The same record is named twice in this request; name it once
batch-too-many = At most { $most } at a time; send the rest in another request
cursor-unusable = This cursor does not belong to this list; begin again without one
expand-too-many = At most { $most } relations can be opened at a time
expand-unknown = There is no relation { $field } that could be opened
field-read-only = This field cannot be written here
field-required = A value is required
rule-broken = { $text }
field-unknown = { $object } has no such field
fields-unknown = { $object } has no field { $field }
idempotency-key-reused = This Idempotency-Key was used for another request; choose a new one
idempotency-key-unusable = An Idempotency-Key is a text of 1 to 255 ASCII characters
idempotency-twin = The same request is being worked on; try again in a moment
if-match-unusable = If-Match takes the version of the record, as in "3"
limit-range = The limit is a number from 1 to { $most }
match-not-in-file = No column of the file fills { $field }, by which rows should be matched
match-several = Several records have the value { $value }; it is not clear which one is meant
match-unknown = Records cannot be found by { $field }; choose a text field, an e-mail, a phone or id
relation-not-found = There is no record { $id } to lead to
relation-to-itself = A record cannot stand above itself
hierarchy-circle = This would make a circle: { $path }. Give one of these records another place first (those in the bin keep theirs)
hierarchy-too-deep = A hierarchy has at most { $most } levels
definition-hierarchy = A hierarchy is a relation that leads to one record of the same object
definition-roles = Roles are a list of different codes of at most 100 characters, of a relation to many records
definition-role-in-use = The role { $code } cannot be taken away, since links may have it
definition-inverse-label = A label for the other end needs the name of the relation there (“inverse”)
tree-unknown = There is no hierarchy “{ $field }” of { $object }
tree-none = { $object } have no hierarchy
tree-several = { $object } have several hierarchies; say with “field” which one is meant: { $known }
relation-unknown = No record is called { $value }; create it first or correct the name
rights-change = You may not change this record of { $object }
rights-duplicates = You may not create a record of { $object } that seems to be there already
rights-create = You may not create records of { $object }
rights-delete = You may not delete this record of { $object }
rights-export = You may not export { $object }
sort-not-sortable = Lists cannot be sorted by { $field }
sort-too-many = Lists are sorted by at most { $most } fields
sort-unknown = { $object } has no field { $field } to sort by
unique-taken = Another record has the value { $value } in { $field }; it may stand only once
unique-taken-unknown = Another record has a value that may stand only once

## Definitions

definition-bound = This is not a value of the field’s type
definition-fixed = This cannot be changed any more; make a new one instead
definition-in-use = { $by } leads here; delete that field first
definition-looked-at = { $by } looks at this field; change that first
definition-mapped = The saved map { $by } fills this field; change or delete that first
definition-name = A name has small letters a to z, digits and underscores, begins with a letter and has at most 40 characters
definition-option-in-use = Records hold the option { $code } (number: { $records }); retire it, or replace it by another one
definition-option-named = The option { $code } is named by { $by }; change that first
definition-option-standard = The option { $code } belongs to the program and stays; it can be retired
definition-option-replacement = { $code } is not another option of this field that can be chosen
definition-default-retired = The option { $code } is the field's default, which must be one that can be chosen; change the default first
definition-colour = The option { $code } has the colour { $found }; a colour is a name of the palette (grey, red, orange, yellow, green, teal, blue, violet, pink, brown) or #rrggbb
definition-options = A choice needs options, each once and not empty; other types have none
definition-pattern = This is not a regular expression that can be used
definition-numbering = Write what all numbers share, the year as { "{yyyy}" } or { "{yy}" } and once the number as noughts, like K-{ "{yyyy}-{0000}" }
definition-personal = Personal data is ordinary, opinion or special
definition-restore-taken = The name { $name } is taken meanwhile; what has it must go first
definition-restore-target = The relation { $field } leads to { $object }, which is not there; restore that first
definition-scale = There are at most 9 digits behind the point
definition-not-of-type = A field of this type does not have this option
definition-scheme = The scheme must be one of: { $known }
definition-shape = The definition cannot be read: { $cause }
definition-slots-full = All indexed places for fields of this type are taken; make the field with "filterable": false, or delete one that is not needed
definition-standard = This belongs to the product and cannot be changed or deleted
definition-taken = This name is taken; choose another
definition-target = A relation needs an object that exists to lead to; other types have none
definition-too-many = There can be at most { $most }
definition-type = There is no such type; there are: { $known }
definition-other-values = The values would be of another type; make a new field instead
rollup-missing = Say what is rolled up, as in { "{" }"relation": "orders", "function": "sum", "field": "total"{ "}" }
rollup-relation = No records lead to { $object } by a relation called { $name } that can be filtered by
rollup-function = The function must be one of: { $known }
rollup-needs = { $function } needs the option { $option }: a field of the related records
rollup-takes-no = { $function } has no option { $option }
rollup-unfit = { $function } makes no sense of { $name }, which is of type { $kind }
rollup-of-rollup = { $name } is made from figures of other records itself and cannot be rolled up once more
expression-missing = Say how the value is made, as in "expression": "amount * probability / 100"
expression-expected =
    at character { $position }: expected { $expected ->
        [value] a field, a number, 'text', true, false, date'…', instant'…', a function or “(”
        [operator] an operator (+, -, *, /, &, =, !=, <, <=, >, >=, and, or) or the end
        [empty] “empty” or “not empty”
        [comma-or-close] “,” or “)”
       *[close] “)”
    }{ $ended ->
        [yes] , but it ends there
       *[no] , but found “{ $found }”
    }
expression-too-large = at character { $position }: the expression is too long or too deep; the limit is { $limit }
expression-unknown-field = at character { $position }: { $object } has no field “{ $name }” that is known here
expression-unknown-function = at character { $position }: there is no function “{ $name }”; there are: { $known }
expression-arguments = at character { $position }: { $name } takes from { $least } to { $most } values, not { $found }
expression-moves = at character { $position }: { $name } changes by itself; the value is kept and would be wrong tomorrow. Use it in a filter instead
expression-types = at character { $position }: { $name } cannot be done with { $found }
expression-unfit-field = at character { $position }: { $name } is of type { $kind }, which an expression cannot read
expression-path = at character { $position }: { $name } leads to another record; an expression reads only fields of its own record. A rolled-up field brings figures of others here
expression-number = at character { $position }: this value is too large or too fine
expression-circle = The expression leads back to this field
filter-moves = at character { $position }: this changes with the time of day or the date; write a fixed date, since the value is kept and not worked out anew each day
definition-unique = Fields that hold many values or long texts cannot be unique
label-language = Labels are given for en, pl, fr and ro
label-length = A label has 1 to 200 characters
layout-columns = A section has between 1 and { $most } columns
layout-field-twice = The field “{ $field }” already stands in this layout
layout-relation-unknown = There is no relation “{ $name }” from { $object } to many records
layout-field-unknown = There is no field “{ $field }” in { $object }
layout-sections = A layout has between 1 and { $most } sections
layout-team-unknown = There is no team “{ $team }”

## Imports

import-fields-missing = The field { $field } or one of its options is missing; an administrator can make it, or import this file
import-scope = This token’s scopes do not let it do all that the import does: { $scope } is missing
import-scope-kind = A token with scopes cannot import { $kind }; use one without
import-file-missing = The form has no part called file
import-given-up = The import was interrupted again and again at the same place; import the file again, or a part of it
import-form = Send the file as multipart/form-data with a part called file
import-mode-needs-match = To change records only, say by which field rows are matched
import-option-unreadable = This option cannot be read
import-too-large = Files may have at most { $most } GiB; split the file
upload-empty = The file is empty; send one with content
upload-too-large = A file may have at most { $most } MiB; send a smaller one, or have the limit raised in the settings
upload-quota = The company’s files may take { $most } MiB together, and this one no longer fits; have the limit raised in the settings
upload-range = The file has { $size } bytes; ask for some of these
import-too-many-choices = The column has more than { $most } different values: it is not a choice; use the type text
ledger-currencies-mixed = The lines of one order are in different currencies
ledger-key-missing = The table [{ $table }] of the map needs a key
ledger-map-missing = A ledger needs a map that says which column is what
ledger-type-unknown = The map names a type { $kind } that does not exist

## Search

search-object-unknown = There is no object “{ $object }” that you may search
search-too-long = A search has at most { $limit } characters
search-too-many-words = A search has at most { $limit } words

## Settings

settings-base-currency-in-use = Amounts are stored with { $currency } as the base currency; it can no longer be changed
settings-country = A country is two letters, as in PL
settings-currency = A currency is three letters of ISO 4217, as in EUR
settings-day = A day is written 2026-11-23
settings-languages = Languages are a list of en, pl, fr and ro
settings-number = Write a whole number from { $least } to { $most }
settings-megabytes = This setting is a whole number of MiB from 1 to { $most }
settings-yes-no = Write true or false
settings-rate = A rate is a number above 0 and up to 1,000,000, with at most 9 digits behind the point
settings-text-expected = This setting is a text
settings-time-zone = There is no such time zone; write one like Europe/Warsaw
settings-unknown = There is no such setting

## Undo

undo-nothing = There is nothing to undo: everything this action did has been taken back already
undo-refused = This cannot be undone any more, because it was changed again since; the reasons are listed
undo-still-running = The action is still going on; wait until it has ended, or stop it first
undo-too-many = This action touched more than { $most } records. Say with “conflicts” what becomes of those that were changed since (keep or overwrite); it is then undone in the background
undo-changed-since = It has been changed again since
undo-binned-since = The record has been put into the bin since
undo-field-gone = A field that was changed does not exist any more
undo-not-allowed = You may not change one of the fields that were changed
undo-out-of-reach = This action also changed records that you may not see

## Merging

merge-count = Name one to { $most } different records that go into the surviving one
merge-itself = The surviving record cannot go into itself
merge-too-many-linked = More than { $most } records lead to these; merge fewer at a time
contradiction = These contradict each other in { $fields }, as if they were not the same: say in “fields” which value stands, or send "confirm": true

## Bulk changes

bulk-unknown = Say what to do: change, delete or restore
bulk-nothing = Say what to change: fields, add or remove
bulk-no-fields = Only a change takes fields
bulk-holds-one = This field holds one value: set it with fields
bulk-over = This is over already

## Duplicates

duplicates-two = Name two different records
duplicate-likely = This seems to be there already: look at the candidates, or create it with “allow_duplicate” if you may
duplicates-threshold = Take a threshold from 1 to 100
duplicates-signals = Name one to { $most } signals
duplicates-one-name = Compare names in one signal: put the parts of the name into its “fields”
duplicates-unreachable = All signals together do not reach the threshold: lower it, or give more points
duplicates-fields = Name one to { $most } fields
duplicates-twice = { $field } stands here twice
duplicates-compare = { $field } cannot be compared like this: choose another “compare” for fields of its type
duplicates-share = Take a number from 0 to 100
duplicates-similar = “similar” belongs to signals that compare names, and is not more than their points
duplicates-group = What shows a group of companies is evidence against: give it 0 points and say “against”

## Talk

comment-emoji-too-many = A comment has at most { $most } different reactions
comment-emoji-unknown = A reaction is exactly one emoji
comment-not-yours = Only who wrote this comment may do that
comment-parent-unknown = There is no such comment on this record to answer
comment-pin-answer = An answer cannot be pinned; pin the comment that it answers
comment-thread-full = This thread has { $most } answers; begin a new one
mention-too-many = A comment mentions at most { $most } people and teams
mention-unknown = There is nobody called “{ $name }” to mention; write { "@[" }name](user:id) or the exact name of a team
talk-scope = This token may only read these records; it needs a scope that lets it write
talk-users-only = Only users can do this, not the product itself

template-unknown = There is no such template of { $object }
template-object-unknown = There is no object “{ $object }” to make a template of
template-relative = Days are counted as { "{" }"days_from_today": 14{ "}" }, a whole number up to { $most } either way; of a moment also with "at": "09:00"
template-relative-kind = “{ $field }” is no day or moment, so nothing can be counted from today
template-no-files = Files cannot be kept in a template
template-too-long = The values of a template have more than { $most } bytes
template-too-many = You have { $most } templates already, or there are too many shared ones; delete some first
template-not-yours = You may not change this template
template-for-all = You may not make a template for everybody
notice-assigned = { $by } assigned { $record } to you
notice-assigned-many = { $by } assigned records to you ({ $objects }: { $count })
notice-at = Give the “at” that the notification showed, an instant like 2026-11-23T11:00:00.000Z
notice-bulk-finished = The bulk change has ended
notice-changed = { $by } changed { $record }
notice-changed-many = { $by } changed records that you follow ({ $objects }: { $count })
notice-changed-often = { $record } was changed { $count } times, last by { $by }
notice-commented = { $by } commented on { $record }
notice-commented-often = { $count } new comments on { $record }, the last by { $by }
notice-import-finished = The import has ended: { $created } created, { $updated } updated, { $skipped } skipped, { $failed } failed
notice-mentioned = { $by } mentioned you on { $record }
notice-mentioned-often = You were mentioned { $count } times on { $record }, last by { $by }
notice-until = Say either “all”: true, or “until” with an instant like 2026-11-23T11:00:00Z
reminder-at = Say when, as an instant like 2026-11-23T11:00:00Z
reminder-for = Name an active user, by id, who may read this record
reminder-minutes = Say by how many minutes, from 1 to those of ten years
reminder-note-long = The note of a reminder has at most { $most } characters
reminder-past = A reminder lies ahead; this instant has passed
reminder-too-far = A reminder lies at most ten years ahead
reminder-too-many = { $most } reminders already wait for this user
notice-reminded = Reminder: { $note } ({ $record })
notice-reminded-plain = Reminder: { $record }
