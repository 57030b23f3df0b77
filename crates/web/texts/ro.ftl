## web

not-found = Nu a fost găsit
unauthenticated = Vă rugăm să vă autentificați
administrators-only = Numai administratorii pot face acest lucru
cross-origin = Cererea vine de pe alt site și a fost refuzată
invalid = Cererea conține date nevalide
stale = Altcineva a făcut modificări între timp; încărcați din nou
busy = Prea multe cereri deodată; încercați din nou peste puțin timp
unavailable = Serviciul nu este disponibil momentan; încercați din nou peste puțin timp
internal = A apărut o eroare la noi; menționați identificatorul cererii când o semnalați
method-not-allowed = Această adresă nu acceptă această metodă
request-refused = Cererea a fost refuzată
uri-too-long = Adresa este prea lungă
content-type-not-json = Corpul cererii trebuie să fie JSON (Content-Type: application/json)
body-too-large = Corpul cererii este prea mare
body-cut-off = Corpul cererii nu a ajuns în întregime
body-malformed = Corpul cererii nu este JSON valid (linia { $line }, coloana { $column })
body-unknown-field = Nu există aici câmpul „{ $name }”
body-missing-field = Lipsește câmpul „{ $name }”
body-repeated-field = Câmpul „{ $name }” este dat de două ori
body-wrong-kind = Aici se așteaptă o valoare de alt tip ({ $reason })
query-unreadable = Acest parametru nu poate fi citit ({ $reason })
query-unknown = Nu există aici parametrul „{ $name }”
query-repeated = Parametrul „{ $name }” este dat de două ori

## Fields

field-needs-text = Aici se așteaptă un text între ghilimele
field-needs-number = Aici se așteaptă un număr
field-needs-list = Aici se așteaptă o listă: [ … ]
field-too-many = Sunt permise cel mult { $max } valori
field-control-character = Textul conține un caracter de control ({ $code }); ștergeți-l
field-line-break = Textul trebuie să încapă pe un singur rând; ștergeți sfârșitul de rând
field-text-too-long = Lungimea textului este de { $length } caractere; sunt permise cel mult { $max }
field-text-too-short = Lungimea textului este de { $length } caractere; sunt necesare cel puțin { $min }
field-pattern-mismatch = „{ $found }” nu are forma cerută ({ $pattern })
field-pattern-unreadable = Modelul „{ $pattern }” nu este o expresie regulată validă sau este prea mare
field-too-many-tags = Textul formatat are mai mult de { $max } etichete HTML; simplificați formatarea
field-html-unreadable = Textul formatat nu poate fi citit ca HTML; simplificați formatarea
field-not-a-number = „{ $found }” nu este un număr; scrieți-l ca 1234.50
field-not-whole = „{ $found }” nu este un număr întreg
field-number-too-fine = „{ $found }” are mai multe zecimale decât este permis ({ $digits })
field-number-too-small = Numărul trebuie să fie cel puțin { $min }
field-number-too-large = Numărul trebuie să fie cel mult { $max }
field-number-inexact = Numărul { $found } are prea multe cifre pentru a fi citit exact; trimiteți-l ca text, între ghilimele
field-not-money = O sumă se scrie ca 1234.50 EUR sau ca obiect cu „amount” și „currency”
field-unknown-currency = „{ $found }” nu este un cod de monedă (ISO 4217); scrieți de exemplu EUR
field-unknown-part = Aici nu există nicio parte numită „{ $part }”
field-not-yes-no = „{ $found }” nu înseamnă nici da, nici nu; scrieți true sau false
field-not-a-date = „{ $found }” nu este o dată; scrieți-o ca 2026-11-22
field-not-a-date-like = „{ $found }” nu este o dată; în acest fișier datele arată ca { $example }
field-not-an-instant = „{ $found }” nu este o dată cu oră; scrieți-o ca 2026-11-22T10:00:00Z
field-not-a-duration = „{ $found }” nu este o durată; scrieți-o ca 1:30, 90 min, 1h 30m sau PT1H30M
field-unknown-choice = „{ $found }” nu este una dintre opțiuni: { $choices }
field-retired-choice = Opțiunea { $code } este retrasă și nu mai poate fi aleasă
field-not-an-email = „{ $found }” nu este o adresă de e-mail; scrieți-o ca nume@example.com
field-not-a-phone = „{ $found }” nu este un număr de telefon complet; scrieți-l cu prefixul țării, ca +48 12 345 67 89 (fără prefix este citit ca număr din țara { $country })
field-phone-extension = „{ $found }” conține un număr de interior; scrieți doar numărul de telefon
field-not-an-iban = „{ $found }” nu este un IBAN; scrieți-l cu codul țării, ca PL61 1090 1014 0000 0712 1981 2874
field-iban-length = Un IBAN din { $country } are { $length } caractere; acesta are { $found }
field-iban-check = Cifrele de control ale contului { $found } nu se potrivesc; comparați-l cu originalul
field-not-a-tax-id = Acesta nu este un număr { $scheme }: lungimea sau cifrele de control nu sunt corecte
field-not-a-vat-number = Acesta nu este un număr de TVA din { $country }: lungimea sau cifrele de control nu sunt corecte
field-vat-without-country = Acesta nu este un număr de TVA din { $country }; pentru altă țară scrieți mai întâi codul ei, ca RO14399840
field-national-ids = Numerele persoanelor ({ $scheme }) pot fi păstrate doar după ce firma permite acest lucru: activați „allow_national_ids” în setări
field-not-a-url = „{ $found }” nu este o adresă web; scrieți-o ca https://example.com
field-not-an-address = O adresă se scrie ca „strada; cod poștal; localitate; regiune; țară” sau ca obiect cu aceste părți
field-not-a-file = Un fișier se scrie ca identificatorul pe care l-a dat POST /files
field-file-unknown = Nu există un fișier { $id } pe care să îl puteți pune aici; trimiteți-l întâi
field-not-a-picture = „{ $name }” nu este o imagine pentru navigatoare, ci { $kind }; trimiteți PNG, JPEG, WebP sau GIF
field-unknown-country = „{ $found }” nu este o țară; scrieți codul ei din două litere, ca PL, sau numele ei
field-unknown-language = „{ $found }” nu este o limbă; scrieți codul ei din două litere, ca pl, sau numele ei
field-not-an-id = „{ $found }” nu este identificatorul unei înregistrări (13 litere și cifre)
field-link-without-id = Lipsește „id”-ul înregistrării
field-link-without-object = Spuneți cărui obiect îi aparține înregistrarea, ca contacts:ID
field-unknown-object = Nu există niciun obiect numit „{ $found }”
field-wrong-object = Acest câmp duce la { $object }, nu la „{ $found }”
field-keeps-no-roles = Acest câmp nu păstrează roluri; ștergeți „{ $found }”
field-role-day = „{ $found }” nu este o zi; scrieți-o astfel: 2026-11-22
field-role-ends-first = Ultima zi a unui rol este înaintea primei zile

## identity

identity-credentials-wrong = Adresa de e-mail sau parola este greșită
identity-cursor = Acest cursor nu este valid; reluați de la prima pagină
identity-email-invalid = Aceasta nu este o adresă de e-mail validă
identity-email-taken = Alt utilizator are deja această adresă de e-mail
identity-expiry-past = Acest moment a trecut deja
identity-instant-invalid = Se așteaptă un moment precum 2026-11-22T10:00:00Z
identity-language-unknown = Această limbă nu este disponibilă (en, pl, fr, ro)
identity-last-administrator = Trebuie să existe întotdeauna un administrator activ
identity-limit = Limita este un număr de la 1 la { $most }
identity-name-invalid = Un nume are între 1 și { $most } de caractere
identity-object-name-invalid = „{ $name }” nu poate fi numele unui obiect
identity-password-guessed = Această parolă este ușor de ghicit
identity-password-long = O parolă are cel mult { $most } de octeți
identity-password-short = O parolă are cel puțin { $least } caractere
identity-password-wrong = Parola actuală este greșită
identity-role-fixed = Rolul de administrator nu poate fi modificat
identity-role-in-use = Mai există utilizatori cu acest rol
identity-role-name-invalid = Numele unui rol este format din litere mici, cifre, - și _ (cel mult { $most })
identity-role-name-taken = Există deja un rol cu acest nume
identity-role-unknown = Nu există rolul „{ $role }”
identity-scope-invalid = „{ $scope }” nu este un domeniu precum contacts:read
identity-scopes-many = Un token are cel mult { $most } de domenii
identity-set-up-already = Această instalare este deja configurată
identity-setup-code-wrong = Codul de configurare este greșit; cel actual este pe consola serverului
identity-team-circle = O echipă nu se poate subordona sieși
identity-team-in-use = Echipa mai are membri sau echipe subordonate
identity-team-name-taken = Există deja o echipă cu acest nume
identity-team-unknown = Nu există echipa „{ $team }”
identity-token-by-token = Tokenurile sunt gestionate de oameni, nu de alte tokenuri
identity-token-user-missing = Precizați al cui va fi tokenul
identity-user-unknown = Nu există utilizatorul activ „{ $user }”

## Files

card-broken = Fișierul de cărți de vizită este incomplet sau nu este un vCard; ultima carte începută are numărul { $card }
card-contacts-only = Cărțile de vizită descriu persoane: importați-le și exportați-le ca contacte
card-left-out = Omis, pentru că persoanele de contact nu au loc pentru aceasta: { $what }
file-empty = Fișierul este gol; primul rând trebuie să conțină numele coloanelor
file-binary = Rândul conține octeți nuli; acesta nu este un fișier text
file-undecodable = Rândul nu este valid în { $encoding }; salvați fișierul în UTF-8 sau indicați codificarea lui
file-encoding-unknown = Codificarea „{ $found }” nu poate fi citită; salvați fișierul în UTF-8
file-delimiter-unknown = „{ $found }” nu poate separa coloane; folosiți virgula, punctul și virgula, tabulatorul sau |
file-row-too-long = Rândul depășește { $max } octeți; poate că nu sunt închise ghilimelele
file-cell-too-long = O celulă conține peste { $max } caractere
file-too-many-columns = Rândul are peste { $max } coloane
file-row-too-wide = Rândul are { $cells } celule, dar antetul numește { $columns } coloane; poate că o celulă care conține separatorul nu este între ghilimele
file-column-without-name = Coloana { $column } nu are nume; scrieți unul în primul rând
file-column-twice = Coloanele { $first } și { $second } se numesc amândouă „{ $name }”; redenumiți una
file-field-twice = „{ $first }” și „{ $second }” ar ajunge amândouă în câmpul { $field }; redenumiți una sau scrieți o hartă
file-no-column-known = Nicio coloană din fișier nu poartă numele unui câmp din { $object }; redenumiți coloanele sau scrieți o hartă
file-map-unreadable = Harta nu poate fi citită: { $reason }
file-map-create = Ceea ce indică { $field } nu poate fi creat sau modificat din mers; create și update sunt pentru referințe date printr-un singur câmp al înregistrării, precum company.name
file-map-update-own = { $field } duce la { $object } ca și rândurile înseși; importați ce trebuie schimbat acolo ca rânduri separate
file-map-also-unknown = Nu există un obiect „{ $object }” ale cărui înregistrări aveți voie să le creați
file-map-also-twice = Harta completează deja { $object } în alt mod; numiți obiectul o singură dată
file-map-also-relation = Câmpul { $field } din { $object } nu duce la { $to }; numiți unul care duce
file-map-also-no-relation = Nimic din { $object } nu duce la { $to }
file-map-also-relations = Mai multe câmpuri din { $object } duc la { $to }: { $fields }; scrieți "row" la cel vizat
file-map-unclear = Harta trebuie să dea fie o coloană, fie o valoare pentru { $field }
file-map-unknown-field = Harta numește câmpul { $field }, care nu poate fi importat aici
file-map-unknown-column = Harta numește coloana „{ $column }”, pe care fișierul nu o are
mapping-name-length = Un nume are între 1 și { $max } caractere
mapping-name-taken = Există deja o hartă numită „{ $name }” pentru acest obiect sau sunt prea multe hărți
mapping-not-yours = Numai autorul acestei hărți sau un administrator o poate modifica
mapping-object-unknown = Nu există obiectul „{ $object }” în care să puteți importa
mapping-or-map = Indicați fie o hartă, fie numele uneia
mapping-unknown = Pentru acest obiect nu este salvată nicio hartă numită „{ $name }”
export-schedule-name = Un nume are între 1 și { $max } caractere
export-schedule-keep = Se pot păstra între 1 și { $max } fișiere
export-schedule-time = „{ $found }” nu este o oră; scrieți-o ca 06:00
export-schedule-weekday = Numai un fișier săptămânal are o zi a săptămânii
export-schedule-day = Numai un fișier lunar are o zi, între 1 și 31
export-schedule-of-nobody = Un export programat are drepturile unui utilizator: autentificați-vă ca utilizator
export-schedule-owner-gone = Persoana care a cerut aceste fișiere nu se mai poate autentifica
export-schedule-scope = Un token cu domenii restrânse nu poate umbla la exporturile programate, care au toate drepturile proprietarului; folosiți unul fără domenii
export-schedule-too-many = Există deja { $most } exporturi programate; ștergeți mai întâi unul
export-schedule-waiting = { $most } fișiere ale acestei programări așteaptă deja să fie scrise
export-too-large = Fișierul ar depăși { $most } GiB; restrângeți filtrul sau numiți mai puține câmpuri
preset-unknown = Nu există harta predefinită „{ $name }”; există: { $known }
sheet-broken = Foaia de calcul este deteriorată sau incompletă; deschideți-o, salvați-o din nou și trimiteți fișierul nou
sheet-encrypted = Fișierul este protejat prin parolă sau are un format vechi (.xls); salvați-l fără parolă ca .xlsx, .ods sau .csv
sheet-error-cells = Celulele care arată o eroare precum #N/A sunt considerate goale: { $count }, prima este { $first }
sheet-no-room = Pe server nu este loc pentru dezarhivarea foii de calcul; încercați mai târziu
sheet-none = Numai registrele de calcul au foi; omiteți această opțiune
sheet-not-one = Fișierul nu este nici XLSX, nici ODS; salvați-l ca .xlsx, .ods sau .csv
sheet-too-large = Foaia de calcul conține mai mult decât se poate citi; împărțiți-o sau salvați-o ca CSV
sheet-unknown = Nu există foaia „{ $name }”; fișierul conține: { $known }

## Views
view-for-all = Vizualizările pentru toți sunt create și modificate de administratori și de cei cărora rolul le permite: drepturile lui asupra views au update: all
view-not-yours = Numai autorul acestei vizualizări sau cineva al cărui rol permite modificarea celor ale altora o poate modifica
view-object-unknown = Nu există obiectul „{ $object }” pe care să îl puteți citi
view-of-nobody = O vizualizare privată aparține unui utilizator; creați-o ca utilizator sau pentru toți
view-part-unusable = Această parte a vizualizării numește ceva ce nu există sau ce nu puteți vedea; întrebați autorul
view-team-unknown = Nu faceți parte dintr-o astfel de echipă; partajați vizualizarea cu una dintre echipele dumneavoastră
view-text-length = Acest text are cel mult { $max } caractere
view-too-many = O vizualizare are cel mult { $most } coloane
view-too-many-views = Sunt prea multe vizualizări: cel mult { $most } ale unei persoane și 800 partajate ale unui obiect. Ștergeți mai întâi câteva
view-unknown = Nu există o astfel de vizualizare pentru { $object }
view-unusable = Vizualizarea „{ $name }” nu poate fi folosită: filtrul ei nu se potrivește câmpurilor pe care le puteți vedea

## Totals
totals-no-group = Înregistrările nu pot fi grupate după { $field }
totals-not-a-date = { $field } nu este o dată: numai datele au zile, săptămâni, luni, trimestre și ani
totals-not-a-number = Valorile câmpului { $field } nu pot fi adunate sau comparate astfel
totals-sort = „{ $found }” nu este niciunul dintre totalurile cerute; scrieți group, count sau unul dintre ele
totals-too-large = Un total este prea mare pentru a fi afișat; restrângeți filtrul
totals-too-many = Se cer cel mult { $most } grupuri sau totaluri
totals-too-many-groups = Sunt peste { $most } grupuri; grupați după ceva mai larg sau restrângeți filtrul
totals-unit = „{ $found }” nu este o perioadă: scrieți day, week, month, quarter sau year
totals-unreadable = „{ $found }” nu este un total: scrieți sum(câmp), avg(câmp), min(câmp), max(câmp) sau count

## Filters

filter-expected =
    la caracterul { $position }: se aștepta { $expected ->
        [test] numele unui câmp, „not”, „(” sau unul dintre any, no, all, count, sum, avg, min, max
        [field] numele unui câmp
        [relation] numele unei relații către mai multe înregistrări, de exemplu orders
        [operator] un operator: =, ==, !=, <, <=, >, >=, in, is, between, contains, starts with sau ends with
        [comparison] o comparație: =, ==, !=, <, <=, > sau >=
        [value] o valoare: 'text', un număr, true, false, date'…', instant'…', money'…', now, today, me sau my_team
        [text] un text între apostrofuri
        [and] „and” cu limita superioară
        [and-or] „and”, „or” sau sfârșitul
        [and-or-close] „and”, „or” sau „)”
        [comma-or-close] „,” sau „)”
        [where-or-close] „where” sau „)”
        [open] „(”
        [with] „with”
        [of] „of”
        [empty] „empty”
        [empty-or-not] „empty” sau „not empty”
        [list-or-period] o listă între paranteze, „tree of” cu un identificator, sau next, last sau this cu o perioadă
        [number-or-period] un număr, sau week, month, quarter sau year
        [period] week, month, quarter sau year
        [unit] days, weeks, months, quarters sau years
       *[other] { $expected }
    }, { $ended ->
        [yes] dar filtrul se termină aici
       *[no] s-a găsit „{ $found }”
    }
filter-value =
    la caracterul { $position }: „{ $found }” nu este o valoare pentru „{ $name }”; scrieți { $kind ->
        [integer] un număr, de exemplu 12.50
        [decimal] un număr, de exemplu 12.50
        [percent] un număr, de exemplu 12.50
        [money] un număr în moneda de bază sau money'12.50 EUR'
        [yes_no] true sau false
        [date] date'2026-11-22', today sau now
        [instant] date'2026-11-22', instant'2026-11-22T10:00:00Z', today sau now
        [relation] identificatorul unei înregistrări între apostrofuri
        [relations] identificatorul unei înregistrări între apostrofuri
        [user] identificatorul unui utilizator între apostrofuri sau me
        [team] identificatorul unei echipe între apostrofuri sau my_team
       *[other] un text între apostrofuri
    }
filter-too-long = la caracterul { $position }: filtrul este mai lung de { $limit } octeți
filter-too-deep = la caracterul { $position }: parantezele sunt imbricate pe mai mult de { $limit } niveluri
filter-too-many-tests = la caracterul { $position }: filtrul are mai mult de { $limit } teste
filter-too-many-values = la caracterul { $position }: lista are mai mult de { $limit } valori
filter-unclosed = la caracterul { $position }: lipsește { $quote } de la sfârșit
filter-nul = la caracterul { $position }: un text nu poate conține caracterul NUL
filter-reserved = la caracterul { $position }: „{ $found }” este un cuvânt-cheie; un câmp cu acest nume se scrie între accente grave: `{ $found }`
filter-not-a-date = la caracterul { $position }: „{ $found }” nu este o dată; scrieți de exemplu date'2026-11-22'
filter-not-an-instant = la caracterul { $position }: „{ $found }” nu este un moment; scrieți de exemplu instant'2026-11-22T10:00:00Z'
filter-not-money = la caracterul { $position }: „{ $found }” nu este o sumă; scrieți de exemplu money'1000.00 EUR'
filter-unknown-currency = la caracterul { $position }: „{ $found }” nu este o monedă
filter-unknown-field = la caracterul { $position }: { $object } nu are câmpul „{ $name }” după care se poate filtra
filter-unknown-relation = la caracterul { $position }: { $object } nu are relația „{ $name }” către mai multe înregistrări
filter-not-a-relation = la caracterul { $position }: „{ $name }” nu este o relație, deci nimic nu poate urma după el
filter-no-hierarchy = la caracterul { $position }: { $object } nu are o ierarhie despre care „in tree of” să poată întreba
filter-keeps-no-roles = la caracterul { $position }: legăturile „{ $name }” nu au roluri și date, deci „as” și „on” nu spun nimic despre ele
filter-needs-day = la caracterul { $position }: „{ $found }” nu este o zi; scrieți date'2026-11-22', today sau now
filter-which-hierarchy = la caracterul { $position }: { $object } are mai multe ierarhii; numiți-o pe cea dorită, de exemplu { $name }.{ $field } in tree of
filter-any-object = la caracterul { $position }: „{ $name }” duce la înregistrări ale oricărui obiect, deci câmpurile lor nu pot fi numite
filter-leads-to-many = la caracterul { $position }: „{ $name }” duce la mai multe înregistrări; scrieți any({ $name } where …)
filter-nobody-asks = la caracterul { $position }: o regulă este valabilă pentru toți; nu poate folosi me sau my_team
filter-own-fields = la caracterul { $position }: o regulă poate verifica doar câmpurile înregistrării înseși
filter-path-too-long = la caracterul { $position }: o cale trece prin cel mult { $limit } relații
filter-nested = la caracterul { $position }: relațiile pot fi imbricate pe cel mult { $limit } niveluri
filter-operator = la caracterul { $position }: „{ $operator }” nu se potrivește cu „{ $name }”, un câmp de tip { $kind }
filter-stretch = la caracterul { $position }: „{ $found }” ar trebui să fie un număr întreg de la 0 la { $limit }
filter-needs-field = la caracterul { $position }: { $figure } are nevoie de un câmp: { $figure }({ $relation }.câmp)
filter-needs-number = la caracterul { $position }: „{ $found }” ar trebui să fie un număr
filter-takes-no-field = la caracterul { $position }: doar sum, avg, min și max primesc un câmp; ștergeți „.{ $name }”
filter-too-fine = la caracterul { $position }: o medie se compară cu cel mult { $digits } cifre mai mult decât are câmpul

## jobs

jobs-limit = Limita este un număr de la 1 la { $most }
jobs-cursor = Acest cursor nu este valid; reluați de la prima pagină
jobs-state = O stare este una dintre: { $states }
jobs-not-dead = Numai o sarcină abandonată poate fi reluată

## Demo

demo-not-empty = Baza de date conține deja înregistrări; compania demonstrativă se creează într-una goală
demo-refused = Compania demonstrativă nu a putut fi creată: { $path } a răspuns „{ $answer }”

## Database

db-in-use = Dosarul de date { $dir } este folosit de alt proces; opriți-l mai întâi
db-tenant-name = Numele unui locatar are între 1 și 64 de caractere: litere mici fără diacritice, cifre, - și _
db-schema-newer = Datele au fost scrise de o versiune mai nouă a programului (migrarea { $number }, { $name }); instalați acea versiune
db-migration-changed = Migrarea { $name } a fost modificată după aplicare; restabiliți textul ei
db-no-free-node = Toate cele 1.024 de numere de nod sunt folosite; opriți programele inutile
db-postgres-too-old = PostgreSQL { $version } este prea vechi; este necesară versiunea 15 sau una mai nouă
db-postgres-encoding = Baza de date folosește codificarea { $encoding }; este necesară UTF8
db-postgres-role-bypasses = Rolul { $role } poate ocoli securitatea la nivel de rând; retrageți-i acest drept

## Records

batch-id-missing = Spuneți despre ce înregistrare este vorba: dați id-ul ei
batch-repeated = Aceeași înregistrare apare de două ori în această cerere; indicați-o o singură dată
batch-too-many = Cel mult { $most } odată; trimiteți restul în altă cerere
cursor-unusable = Acest cursor nu aparține acestei liste; începeți din nou fără cursor
expand-too-many = Se pot deschide cel mult { $most } relații odată
expand-unknown = Nu există nicio relație { $field } care să poată fi deschisă
field-read-only = Acest câmp nu poate fi scris aici
field-required = Este necesară o valoare
rule-broken = { $text }
field-unknown = { $object } nu are acest câmp
fields-unknown = { $object } nu are câmpul { $field }
idempotency-key-reused = Acest Idempotency-Key a fost folosit pentru altă cerere; alegeți altul nou
idempotency-key-unusable = Un Idempotency-Key este un text de 1 până la 255 de caractere ASCII
idempotency-twin = Aceeași cerere este în lucru; încercați din nou imediat
if-match-unusable = If-Match este versiunea înregistrării, de exemplu "3"
limit-range = Limita este un număr de la 1 la { $most }
match-not-in-file = Nicio coloană a fișierului nu completează { $field }, după care trebuie potrivite rândurile
match-several = Mai multe înregistrări au valoarea { $value }; nu este clar care este cea dorită
match-unknown = Înregistrările nu pot fi găsite după { $field }; alegeți un câmp text, un e-mail, un telefon sau id
relation-not-found = Nu există înregistrarea { $id } la care să se facă trimitere
relation-to-itself = O înregistrare nu poate fi propriul ei părinte
hierarchy-circle = S-ar forma un cerc: { $path }. Dați mai întâi alt loc uneia dintre aceste înregistrări (cele din coș îl păstrează pe al lor)
hierarchy-too-deep = O ierarhie are cel mult { $most } niveluri
definition-hierarchy = O ierarhie este o relație care duce la o singură înregistrare a aceluiași obiect
definition-roles = Rolurile sunt o listă de coduri diferite de cel mult 100 de caractere, ale unei relații către mai multe înregistrări
definition-role-in-use = Rolul { $code } nu poate fi scos, fiindcă unele legături îl pot avea
definition-inverse-label = O etichetă pentru celălalt capăt are nevoie de numele relației de acolo („inverse”)
tree-unknown = Nu există ierarhia „{ $field }” pentru { $object }
tree-none = { $object } nu are ierarhie
tree-several = { $object } are mai multe ierarhii; precizați cu „field” care este cea dorită: { $known }
relation-unknown = Nicio înregistrare nu se numește { $value }; creați-o întâi sau corectați numele
rights-change = Nu aveți dreptul să modificați această înregistrare din { $object }
rights-duplicates = Nu aveți dreptul să creați o înregistrare din { $object } care pare să existe deja
rights-create = Nu aveți dreptul să creați înregistrări în { $object }
rights-delete = Nu aveți dreptul să ștergeți această înregistrare din { $object }
rights-export = Nu aveți dreptul să exportați { $object }
sort-not-sortable = Listele nu pot fi sortate după { $field }
sort-too-many = Listele se sortează după cel mult { $most } câmpuri
sort-unknown = { $object } nu are câmpul { $field } pentru sortare
unique-taken = Altă înregistrare are valoarea { $value } în { $field }; poate apărea o singură dată
unique-taken-unknown = Altă înregistrare are deja o valoare care poate apărea o singură dată

## Definitions

definition-bound = Aceasta nu este o valoare de tipul câmpului
definition-fixed = Acest lucru nu mai poate fi schimbat; creați unul nou
definition-in-use = { $by } duce aici; ștergeți întâi acel câmp
definition-looked-at = { $by } verifică acest câmp; modificați mai întâi acolo
definition-mapped = Corespondența salvată { $by } completează acest câmp; modificați-o sau ștergeți-o întâi
definition-name = Un nume conține litere mici a–z, cifre și liniuțe de subliniere, începe cu o literă și are cel mult 40 de caractere
definition-option-in-use = Opțiunea { $code } apare în înregistrări (număr: { $records }); retrageți-o sau înlocuiți-o cu alta
definition-option-named = Opțiunea { $code } este folosită de { $by }; modificați mai întâi acel loc
definition-option-standard = Opțiunea { $code } aparține programului și rămâne; poate fi retrasă
definition-option-replacement = { $code } nu este o altă opțiune a acestui câmp care poate fi aleasă
definition-default-retired = Opțiunea { $code } este valoarea implicită a câmpului, care trebuie să poată fi aleasă; schimbați mai întâi valoarea implicită
definition-colour = Opțiunea { $code } are culoarea { $found }; o culoare este un nume din paletă (grey, red, orange, yellow, green, teal, blue, violet, pink, brown) sau #rrggbb
definition-options = Un câmp de alegere are nevoie de opțiuni, fiecare o dată și nevidă; celelalte tipuri nu au opțiuni
definition-pattern = Aceasta nu este o expresie regulată care poate fi folosită
definition-numbering = Scrieți ce au numerele în comun, anul ca { "{yyyy}" } sau { "{yy}" } și o dată numărul ca zerouri, ca K-{ "{yyyy}-{0000}" }
definition-personal = Datele personale sunt ordinary, opinion sau special
definition-restore-taken = Numele { $name } a fost ocupat între timp; ce îl poartă trebuie să plece întâi
definition-restore-target = Relația { $field } duce la { $object }, care nu există; restaurați-l întâi
definition-scale = Sunt cel mult 9 cifre după virgulă
definition-not-of-type = Un câmp de acest tip nu are această opțiune
definition-scheme = Schema trebuie să fie una dintre: { $known }
definition-shape = Definiția nu poate fi citită: { $cause }
definition-slots-full = Toate locurile indexate pentru câmpuri de acest tip sunt ocupate; creați câmpul cu "filterable": false sau ștergeți unul inutil
definition-standard = Aceasta face parte din produs și nu poate fi modificată sau ștearsă
definition-taken = Acest nume este ocupat; alegeți altul
definition-target = O relație are nevoie de un obiect existent; celelalte tipuri nu au
definition-too-many = Pot fi cel mult { $most }
definition-type = Nu există acest tip; există: { $known }
definition-other-values = Valorile ar fi de alt tip; creați mai bine un câmp nou
rollup-missing = Spuneți ce se cumulează, de exemplu { "{" }"relation": "orders", "function": "sum", "field": "total"{ "}" }
rollup-relation = Nicio înregistrare nu duce la { $object } printr-o relație { $name } după care se poate filtra
rollup-function = Funcția trebuie să fie una dintre: { $known }
rollup-needs = { $function } cere opțiunea { $option }: un câmp al înregistrărilor legate
rollup-takes-no = { $function } nu are opțiunea { $option }
rollup-unfit = { $function } nu are sens pentru { $name }, care este de tipul { $kind }
rollup-of-rollup = { $name } provine el însuși din cifrele altor înregistrări și nu poate fi cumulat încă o dată
expression-missing = Spuneți cum se obține valoarea, de exemplu "expression": "amount * probability / 100"
expression-expected =
    la caracterul { $position }: se aștepta { $expected ->
        [value] un câmp, un număr, 'text', true, false, date'…', instant'…', o funcție sau „(”
        [operator] un operator (+, -, *, /, &, =, !=, <, <=, >, >=, and, or) sau sfârșitul
        [empty] „empty” sau „not empty”
        [comma-or-close] „,” sau „)”
       *[close] „)”
    }{ $ended ->
        [yes] , dar textul se termină acolo
       *[no] , dar s-a găsit „{ $found }”
    }
expression-too-large = la caracterul { $position }: expresia este prea lungă sau prea adâncă; limita este { $limit }
expression-unknown-field = la caracterul { $position }: { $object } nu are câmpul „{ $name }” cunoscut aici
expression-unknown-function = la caracterul { $position }: nu există funcția „{ $name }”; există: { $known }
expression-arguments = la caracterul { $position }: { $name } ia între { $least } și { $most } valori, nu { $found }
expression-moves = la caracterul { $position }: { $name } se schimbă de la sine; valoarea păstrată ar fi greșită mâine. Folosiți-l într-un filtru
expression-types = la caracterul { $position }: { $name } nu se poate aplica la { $found }
expression-unfit-field = la caracterul { $position }: { $name } este de tipul { $kind }, pe care o expresie nu îl citește
expression-path = la caracterul { $position }: { $name } duce la altă înregistrare; o expresie citește numai câmpurile propriei înregistrări. Un câmp cumulat aduce aici cifrele altora
expression-number = la caracterul { $position }: această valoare este prea mare sau prea fină
expression-circle = Expresia se întoarce la acest câmp
filter-moves = la caracterul { $position }: aceasta se schimbă cu ora sau data; scrieți o dată fixă, fiindcă valoarea se păstrează și nu se recalculează în fiecare zi
definition-unique = Câmpurile cu mai multe valori sau cu text lung nu pot fi unice
label-language = Etichetele se dau pentru en, pl, fr și ro
label-length = O etichetă are de la 1 la 200 de caractere
layout-columns = O secțiune are între 1 și { $most } coloane
layout-field-twice = Câmpul „{ $field }” se află deja în acest aspect
layout-relation-unknown = Nu există relația „{ $name }” de la { $object } la mai multe înregistrări
layout-field-unknown = Nu există câmpul „{ $field }” în { $object }
layout-sections = Un aspect are între 1 și { $most } secțiuni
layout-team-unknown = Nu există echipa „{ $team }”

## Imports

import-fields-missing = Câmpul { $field } sau una dintre opțiunile lui lipsește; un administrator îl poate crea sau poate importa acest fișier
import-scope = Domeniile acestui token nu permit tot ce face importul: lipsește { $scope }
import-scope-kind = Un token cu domenii restrânse nu poate importa { $kind }; folosiți unul fără domenii
import-file-missing = Formularul nu are o parte numită file
import-given-up = Importul a fost întrerupt de mai multe ori în același loc; importați din nou fișierul sau o parte din el
import-form = Trimiteți fișierul ca multipart/form-data cu o parte numită file
import-mode-needs-match = Pentru a modifica numai înregistrări, indicați câmpul după care se potrivesc rândurile
import-option-unreadable = Această opțiune nu poate fi citită
import-too-large = Fișierele pot avea cel mult { $most } GiB; împărțiți fișierul
upload-empty = Fișierul este gol; trimiteți unul cu conținut
upload-too-large = Un fișier poate avea cel mult { $most } MiB; trimiteți unul mai mic sau cereți ridicarea limitei din setări
upload-quota = Fișierele firmei pot ocupa împreună { $most } MiB, iar acesta nu mai încape; cereți ridicarea limitei din setări
upload-range = Fișierul are { $size } octeți; cereți o parte dintre ei
import-too-many-choices = Coloana are peste { $most } de valori diferite: nu este o alegere; folosiți tipul text
ledger-currencies-mixed = Liniile aceleiași comenzi sunt în monede diferite
ledger-key-missing = Tabela [{ $table }] din hartă are nevoie de o cheie key
ledger-map-missing = Un registru are nevoie de o hartă care spune ce este în fiecare coloană
ledger-type-unknown = Harta numește un tip { $kind } care nu există

## Search

search-object-unknown = Nu există obiectul „{ $object }” în care să puteți căuta
search-too-long = O căutare are cel mult { $limit } caractere
search-too-many-words = O căutare are cel mult { $limit } cuvinte

## Settings

settings-base-currency-in-use = Există sume stocate cu { $currency } ca monedă de bază; aceasta nu mai poate fi schimbată
settings-country = O țară se scrie cu două litere, de exemplu PL
settings-currency = O monedă se scrie cu trei litere ISO 4217, de exemplu EUR
settings-day = O zi se scrie 2026-11-23
settings-languages = Limbile sunt o listă dintre en, pl, fr și ro
settings-number = Scrieți un număr întreg de la { $least } la { $most }
settings-megabytes = Această setare este un număr întreg de MiB de la 1 la { $most }
settings-yes-no = Scrieți true sau false
settings-rate = Un curs este un număr mai mare ca 0, cel mult 1.000.000, cu cel mult 9 zecimale
settings-text-expected = Această setare este un text
settings-time-zone = Nu există acest fus orar; scrieți de exemplu Europe/Warsaw
settings-unknown = Nu există această setare

## Anulare

undo-nothing = Nu este nimic de anulat: tot ce a făcut această acțiune a fost deja anulat
undo-refused = Acțiunea nu mai poate fi anulată, deoarece datele au fost modificate între timp; motivele sunt enumerate
undo-still-running = Această acțiune este încă în curs; așteptați să se termine sau opriți-o mai întâi
undo-too-many = Această acțiune a atins peste { $most } înregistrări. Spuneți în „conflicts” ce se întâmplă cu cele modificate între timp (keep sau overwrite); apoi este anulată în fundal
undo-changed-since = A fost modificat între timp
undo-binned-since = Înregistrarea a fost pusă între timp în coșul de reciclare
undo-field-gone = Un câmp modificat nu mai există
undo-not-allowed = Nu aveți dreptul să modificați unul dintre câmpurile modificate
undo-out-of-reach = Această acțiune a modificat și înregistrări pe care nu le puteți vedea

## Îmbinare

merge-count = Indicați între una și { $most } înregistrări diferite care intră în cea păstrată
merge-itself = Înregistrarea păstrată nu poate fi îmbinată cu ea însăși
merge-too-many-linked = Peste { $most } înregistrări duc la acestea; îmbinați mai puține odată
contradiction = Acestea se contrazic ({ $fields }), ca și cum nu ar fi aceeași: indicați în „fields” valoarea care rămâne sau trimiteți "confirm": true

## Modificări în masă

bulk-unknown = Spuneți ce trebuie făcut: change, delete sau restore
bulk-nothing = Spuneți ce trebuie modificat: fields, add sau remove
bulk-no-fields = Doar o modificare primește câmpuri
bulk-holds-one = Acest câmp are o singură valoare: setați-l cu fields
bulk-over = S-a încheiat deja

## Duplicate

duplicates-two = Indicați două înregistrări diferite
duplicate-likely = Această înregistrare pare să existe deja: priviți-le pe cele indicate sau creați-o cu „allow_duplicate”, dacă aveți dreptul
duplicates-threshold = Indicați un prag de la 1 la 100
duplicates-signals = Indicați de la unul la { $most } indicii
duplicates-one-name = Comparați numele într-un singur indiciu: puneți părțile numelui în „fields”
duplicates-unreachable = Toate indiciile împreună nu ating pragul: coborâți-l sau dați mai multe puncte
duplicates-fields = Indicați de la unul la { $most } câmpuri
duplicates-twice = { $field } apare aici de două ori
duplicates-compare = { $field } nu poate fi comparat astfel: alegeți alt „compare” pentru câmpurile de acest tip
duplicates-share = Indicați un număr de la 0 la 100
duplicates-similar = „similar” ține de indiciile care compară nume și nu depășește punctele lor
duplicates-group = Ceea ce arată un grup de firme vorbește împotrivă: dați 0 puncte și indicați „against”

## Talk

comment-emoji-too-many = Un comentariu are cel mult { $most } reacții diferite
comment-emoji-unknown = O reacție este exact un emoji
comment-not-yours = Doar autorul acestui comentariu poate face asta
comment-parent-unknown = La această înregistrare nu există un astfel de comentariu la care să se răspundă
comment-pin-answer = Un răspuns nu poate fi fixat; fixați comentariul la care răspunde
comment-thread-full = Acest fir are { $most } răspunsuri; începeți unul nou
mention-too-many = Un comentariu menționează cel mult { $most } persoane și echipe
mention-unknown = Nu există nimeni cu numele „{ $name }” de menționat; scrieți { "@[" }nume](user:id) sau numele exact al unei echipe
talk-scope = Acest token poate doar citi aceste înregistrări; îi trebuie un domeniu care îi permite să scrie
talk-users-only = Doar utilizatorii pot face asta, nu programul însuși

template-unknown = Nu există un astfel de șablon pentru { $object }
template-object-unknown = Nu există obiectul „{ $object }” din care să se facă un șablon
template-relative = Zilele se numără astfel: { "{" }"days_from_today": 14{ "}" }, un număr întreg până la { $most } în ambele sensuri; pentru un moment și cu "at": "09:00"
template-relative-kind = „{ $field }” nu este o zi sau un moment, deci nu se poate număra de astăzi
template-no-files = Fișierele nu se pot păstra într-un șablon
template-too-long = Valorile unui șablon au mai mult de { $most } octeți
template-too-many = Aveți deja { $most } șabloane sau sunt prea multe comune; ștergeți mai întâi câteva
template-not-yours = Nu puteți schimba acest șablon
template-for-all = Nu puteți face un șablon pentru toți
notice-assigned = { $by } v-a atribuit { $record }
notice-assigned-many = { $by } v-a atribuit înregistrări ({ $objects }: { $count })
notice-at = Dați „at” arătat de notificare, o clipă precum 2026-11-23T11:00:00.000Z
notice-bulk-finished = Modificarea în masă s-a încheiat
notice-changed = { $by } a modificat { $record }
notice-changed-many = { $by } a modificat înregistrări pe care le urmăriți ({ $objects }: { $count })
notice-changed-often = { $record } a fost modificat de { $count } ori, ultima dată de { $by }
notice-commented = { $by } a comentat la { $record }
notice-commented-often = { $count } comentarii noi la { $record }, ultimul de { $by }
notice-import-finished = Importul s-a încheiat: { $created } create, { $updated } modificate, { $skipped } omise, { $failed } eșuate
notice-mentioned = { $by } v-a menționat la { $record }
notice-mentioned-often = Ați fost menționat de { $count } ori la { $record }, ultima dată de { $by }
notice-until = Dați fie „all”: true, fie „until” cu o clipă precum 2026-11-23T11:00:00Z
reminder-at = Dați momentul ca o clipă precum 2026-11-23T11:00:00Z
reminder-for = Dați id-ul unui utilizator activ care poate citi această înregistrare
reminder-minutes = Dați numărul de minute, de la 1 până la zece ani
reminder-note-long = Nota unui memento are cel mult { $most } caractere
reminder-past = Un memento este în viitor; această clipă a trecut
reminder-too-far = Un memento poate fi cu cel mult zece ani înainte
reminder-too-many = { $most } mementouri așteaptă deja acest utilizator
notice-reminded = Memento: { $note } ({ $record })
notice-reminded-plain = Memento: { $record }
