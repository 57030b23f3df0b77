## web

not-found = Nie znaleziono
unauthenticated = Zaloguj się
administrators-only = Tylko administratorzy mogą to zrobić
cross-origin = Żądanie pochodzi z innej witryny i zostało odrzucone
invalid = Żądanie zawiera nieprawidłowe dane
stale = Ktoś w międzyczasie to zmienił; wczytaj dane ponownie
busy = Zbyt wiele żądań naraz; spróbuj ponownie za chwilę
unavailable = Usługa jest chwilowo niedostępna; spróbuj ponownie za chwilę
internal = Po naszej stronie wystąpił błąd; zgłaszając go, podaj identyfikator żądania
method-not-allowed = Ten adres nie obsługuje tej metody
request-refused = Żądanie zostało odrzucone
uri-too-long = Adres jest za długi
content-type-not-json = Treść musi być w formacie JSON (Content-Type: application/json)
body-too-large = Treść żądania jest za duża
body-cut-off = Treść żądania nie dotarła w całości
body-malformed = Treść nie jest poprawnym dokumentem JSON (wiersz { $line }, kolumna { $column })
body-unknown-field = Nie ma tu pola „{ $name }”
body-missing-field = Brakuje pola „{ $name }”
body-repeated-field = Pole „{ $name }” podano dwukrotnie
body-wrong-kind = Oczekiwano tu wartości innego rodzaju ({ $reason })
query-unreadable = Nie można odczytać tego parametru ({ $reason })
query-unknown = Nie ma tu parametru „{ $name }”
query-repeated = Parametr „{ $name }” podano dwukrotnie

## Fields

field-needs-text = Tutaj oczekiwany jest tekst w cudzysłowie
field-needs-number = Tutaj oczekiwana jest liczba
field-needs-list = Tutaj oczekiwana jest lista: [ … ]
field-too-many = Dozwolonych jest najwyżej { $max } wartości
field-control-character = Tekst zawiera znak sterujący ({ $code }); usuń go
field-line-break = Tekst musi mieścić się w jednym wierszu; usuń podział wiersza
field-text-too-long = Tekst ma długość { $length } znaków; dozwolone jest najwyżej { $max }
field-text-too-short = Tekst ma długość { $length } znaków; potrzeba co najmniej { $min }
field-pattern-mismatch = „{ $found }” nie ma wymaganej postaci ({ $pattern })
field-pattern-unreadable = Wzorzec „{ $pattern }” nie jest poprawnym wyrażeniem regularnym albo jest zbyt duży
field-too-many-tags = Tekst z formatowaniem ma więcej niż { $max } znaczników; uprość formatowanie
field-html-unreadable = Tekstu z formatowaniem nie da się odczytać jako HTML; uprość formatowanie
field-not-a-number = „{ $found }” nie jest liczbą; zapisz ją na przykład tak: 1234.50
field-not-whole = „{ $found }” nie jest liczbą całkowitą
field-number-too-fine = „{ $found }” ma więcej cyfr po przecinku, niż dozwolono ({ $digits })
field-number-too-small = Liczba musi wynosić co najmniej { $min }
field-number-too-large = Liczba może wynosić najwyżej { $max }
field-number-inexact = Liczba { $found } ma zbyt wiele cyfr, by odczytać ją dokładnie; podaj ją jako tekst w cudzysłowie
field-not-money = Kwotę zapisuje się jako 1234.50 EUR albo jako obiekt z polami „amount” i „currency”
field-unknown-currency = „{ $found }” nie jest kodem waluty (ISO 4217); wpisz na przykład EUR
field-unknown-part = Nie ma tutaj części o nazwie „{ $part }”
field-not-yes-no = „{ $found }” nie oznacza ani „tak”, ani „nie”; wpisz true lub false
field-not-a-date = „{ $found }” nie jest datą; zapisz ją na przykład tak: 2026-11-22
field-not-a-date-like = „{ $found }” nie jest datą; w tym pliku daty wyglądają tak: { $example }
field-not-an-instant = „{ $found }” nie jest datą z godziną; zapisz ją na przykład tak: 2026-11-22T10:00:00Z
field-not-a-duration = „{ $found }” nie jest czasem trwania; zapisz go na przykład tak: 1:30, 90 min, 1h 30m albo PT1H30M
field-unknown-choice = „{ $found }” nie należy do możliwych wartości: { $choices }
field-retired-choice = Opcja { $code } jest wycofana i nie można jej już wybrać
field-not-an-email = „{ $found }” nie jest adresem e-mail; zapisz go na przykład tak: imie@example.com
field-not-a-phone = „{ $found }” nie jest pełnym numerem telefonu; zapisz go z numerem kierunkowym kraju, na przykład +48 12 345 67 89 (bez niego jest czytany jako numer kraju { $country })
field-phone-extension = „{ $found }” zawiera numer wewnętrzny; wpisz sam numer telefonu
field-not-an-iban = „{ $found }” nie jest numerem IBAN; zapisz go z kodem kraju, na przykład tak: PL61 1090 1014 0000 0712 1981 2874
field-iban-length = IBAN kraju { $country } ma { $length } znaków; ten ma { $found }
field-iban-check = Cyfry kontrolne rachunku { $found } się nie zgadzają; porównaj go z oryginałem
field-not-a-tax-id = To nie jest numer { $scheme }: nie zgadza się jego długość albo cyfry kontrolne
field-not-a-vat-number = To nie jest numer VAT kraju { $country }: nie zgadza się jego długość albo cyfry kontrolne
field-vat-without-country = To nie jest numer VAT kraju { $country }; dla innego kraju zapisz najpierw jego kod, na przykład RO14399840
field-national-ids = Numery osób ({ $scheme }) wolno przechowywać dopiero, gdy firma na to zezwoli: włącz w ustawieniach „allow_national_ids”
field-not-a-url = „{ $found }” nie jest adresem strony; zapisz go na przykład tak: https://example.com
field-not-an-address = Adres zapisuje się jako „ulica; kod pocztowy; miasto; region; kraj” albo jako obiekt z tymi częściami
field-not-a-file = Plik zapisuje się jako identyfikator, który zwróciło POST /files
field-file-unknown = Nie ma pliku { $id }, który można tu umieścić; najpierw go wyślij
field-not-a-picture = „{ $name }” nie jest obrazem dla przeglądarek, lecz { $kind }; wyślij PNG, JPEG, WebP lub GIF
field-unknown-country = „{ $found }” nie jest krajem; wpisz jego dwuliterowy kod, na przykład PL, albo nazwę
field-unknown-language = „{ $found }” nie jest językiem; wpisz jego dwuliterowy kod, na przykład pl, albo nazwę
field-not-an-id = „{ $found }” nie jest identyfikatorem rekordu (13 liter i cyfr)
field-link-without-id = Brakuje pola „id” wskazującego rekord
field-link-without-object = Podaj, do którego obiektu należy rekord, na przykład contacts:ID
field-unknown-object = Nie ma obiektu o nazwie „{ $found }”
field-wrong-object = To pole prowadzi do { $object }, a nie do „{ $found }”
field-keeps-no-roles = To pole nie przechowuje ról; usuń „{ $found }”
field-role-day = „{ $found }” nie jest dniem; napisz go tak: 2026-11-22
field-role-ends-first = Ostatni dzień roli wypada przed pierwszym

## identity

identity-credentials-wrong = Nieprawidłowy adres e-mail lub hasło
identity-cursor = Nieprawidłowy kursor; zacznij ponownie od pierwszej strony
identity-email-invalid = To nie jest poprawny adres e-mail
identity-email-taken = Inny użytkownik ma już ten adres e-mail
identity-expiry-past = Ten moment już minął
identity-instant-invalid = Oczekiwano chwili w postaci 2026-11-22T10:00:00Z
identity-language-unknown = Ten język nie jest dostępny (en, pl, fr, ro)
identity-last-administrator = Musi istnieć co najmniej jeden aktywny administrator
identity-limit = Limit to liczba od 1 do { $most }
identity-name-invalid = Nazwa ma od 1 do { $most } znaków
identity-object-name-invalid = „{ $name }” nie może być nazwą obiektu
identity-password-guessed = To hasło łatwo odgadnąć
identity-password-long = Hasło ma najwyżej { $most } bajtów
identity-password-short = Hasło ma co najmniej { $least } znaków
identity-password-wrong = Obecne hasło jest nieprawidłowe
identity-role-fixed = Roli administratora nie można zmienić
identity-role-in-use = Są jeszcze użytkownicy z tą rolą
identity-role-name-invalid = Nazwa roli składa się z małych liter, cyfr, - i _ (najwyżej { $most })
identity-role-name-taken = Rola o tej nazwie już istnieje
identity-role-unknown = Nie ma roli „{ $role }”
identity-scope-invalid = „{ $scope }” nie jest zakresem takim jak contacts:read
identity-scopes-many = Token ma najwyżej { $most } zakresów
identity-set-up-already = Ta instalacja jest już skonfigurowana
identity-setup-code-wrong = Kod konfiguracji jest nieprawidłowy; aktualny jest na konsoli serwera
identity-team-circle = Zespół nie może podlegać samemu sobie
identity-team-in-use = Zespół ma jeszcze członków lub zespoły podległe
identity-team-name-taken = Zespół o tej nazwie już istnieje
identity-team-unknown = Nie ma zespołu „{ $team }”
identity-token-by-token = Tokenami zarządzają ludzie, a nie inne tokeny
identity-token-user-missing = Podaj, czyj ma być ten token
identity-user-unknown = Nie ma aktywnego użytkownika „{ $user }”

## Files

card-broken = Plik z wizytówkami jest niepełny albo nie jest plikiem vCard; ostatnia zaczęta wizytówka ma numer { $card }
card-contacts-only = Wizytówki opisują osoby: importuj je i eksportuj jako kontakty
card-left-out = Pominięto, bo kontakty nie mają na to miejsca: { $what }
file-empty = Plik jest pusty; pierwszy wiersz musi zawierać nazwy kolumn
file-binary = Wiersz zawiera bajty zerowe; to nie jest plik tekstowy
file-undecodable = Wiersz nie jest poprawny w kodowaniu { $encoding }; zapisz plik w UTF-8 albo podaj jego kodowanie
file-encoding-unknown = Nie można odczytać kodowania „{ $found }”; zapisz plik w UTF-8
file-delimiter-unknown = „{ $found }” nie może rozdzielać kolumn; użyj przecinka, średnika, tabulatora lub |
file-row-too-long = Wiersz jest dłuższy niż { $max } bajtów; być może brakuje zamykającego cudzysłowu
file-cell-too-long = Komórka zawiera więcej niż { $max } znaków
file-too-many-columns = Wiersz ma więcej niż { $max } kolumn
file-row-too-wide = Liczba komórek w wierszu ({ $cells }) jest większa niż liczba kolumn w nagłówku ({ $columns }); być może komórka z separatorem nie jest ujęta w cudzysłów
file-column-without-name = Kolumna { $column } nie ma nazwy; wpisz ją w pierwszym wierszu
file-column-twice = Kolumny { $first } i { $second } mają tę samą nazwę „{ $name }”; zmień jedną z nich
file-field-twice = „{ $first }” i „{ $second }” trafiłyby do tego samego pola { $field }; zmień jedną z nazw albo napisz mapę
file-no-column-known = Żadna kolumna pliku nie nazywa się jak pole obiektu { $object }; zmień nazwy kolumn albo napisz mapę
file-map-unreadable = Nie można odczytać mapy: { $reason }
file-map-create = Tego, na co wskazuje { $field }, nie można utworzyć ani zmienić po drodze; create i update służą odwołaniom, które określa jedno pole rekordu, na przykład company.name
file-map-update-own = { $field } prowadzi do { $object } tak jak same wiersze; to, co ma się tam zmienić, zaimportuj jako osobne wiersze
file-map-also-unknown = Nie ma obiektu „{ $object }”, którego rekordy wolno ci tworzyć
file-map-also-twice = Mapa wypełnia { $object } już w inny sposób; wymień ten obiekt raz
file-map-also-relation = Pole { $field } obiektu { $object } nie prowadzi do { $to }; podaj takie, które prowadzi
file-map-also-no-relation = W obiekcie { $object } nic nie prowadzi do { $to }
file-map-also-relations = Do { $to } prowadzi kilka pól obiektu { $object }: { $fields }; przy właściwym napisz "row"
file-map-unclear = Mapa musi podać dla pola { $field } albo kolumnę, albo wartość
file-map-unknown-field = Mapa wymienia pole { $field }, którego nie można tu importować
file-map-unknown-column = Mapa wymienia kolumnę „{ $column }”, której nie ma w pliku
mapping-name-length = Nazwa ma od 1 do { $max } znaków
mapping-name-taken = Mapa o nazwie „{ $name }” dla tego obiektu już istnieje albo map jest zbyt wiele
mapping-not-yours = Tę mapę może zmienić tylko jej autor albo administrator
mapping-object-unknown = Nie ma obiektu „{ $object }”, do którego wolno ci importować
mapping-or-map = Podaj albo mapę, albo nazwę mapy
mapping-unknown = Dla tego obiektu nie zapisano mapy o nazwie „{ $name }”
export-schedule-name = Nazwa ma od 1 do { $max } znaków
export-schedule-keep = Można przechowywać od 1 do { $max } plików
export-schedule-time = „{ $found }” nie jest godziną; zapisz ją jako 06:00
export-schedule-weekday = Dzień tygodnia ma tylko plik cotygodniowy
export-schedule-day = Dzień, od 1 do 31, ma tylko plik comiesięczny
export-schedule-of-nobody = Eksport cykliczny ma uprawnienia użytkownika: zaloguj się jako użytkownik
export-schedule-owner-gone = Osoba, która zamówiła te pliki, nie może się już logować
export-schedule-scope = Tokenem z zakresami nie można obsługiwać eksportów cyklicznych, bo mają one wszystkie uprawnienia właściciela; użyj tokenu bez zakresów
export-schedule-too-many = Eksportów cyklicznych jest już { $most }; najpierw usuń jeden z nich
export-schedule-waiting = Na zapisanie czeka już { $most } plików tego harmonogramu
export-too-large = Plik miałby więcej niż { $most } GiB; zawęź filtr albo podaj mniej pól
preset-unknown = Nie ma gotowej mapy „{ $name }”; są: { $known }
sheet-broken = Arkusz jest uszkodzony lub niepełny; otwórz go, zapisz ponownie i wyślij nowy plik
sheet-encrypted = Plik jest chroniony hasłem albo ma stary format (.xls); zapisz go bez hasła jako .xlsx, .ods lub .csv
sheet-error-cells = Komórki pokazujące błąd, np. #N/D!, potraktowano jako puste: { $count }, pierwsza to { $first }
sheet-no-room = Na serwerze brakuje miejsca na rozpakowanie arkusza; spróbuj później
sheet-none = Tylko skoroszyty mają arkusze; pomiń tę opcję
sheet-not-one = Plik nie jest w formacie XLSX ani ODS; zapisz go jako .xlsx, .ods lub .csv
sheet-too-large = Arkusz zawiera więcej, niż można odczytać; podziel go albo zapisz jako CSV
sheet-unknown = Nie ma arkusza „{ $name }”; w pliku są: { $known }

## Views
view-for-all = Widoki dla wszystkich tworzą i zmieniają administratorzy oraz ci, którym pozwala na to rola: jej prawa do views mają update: all
view-not-yours = Ten widok może zmienić tylko ten, kto go utworzył, lub ktoś, komu rola pozwala zmieniać cudze widoki
view-object-unknown = Nie ma obiektu „{ $object }”, który możesz przeglądać
view-of-nobody = Widok prywatny należy do użytkownika; utwórz go jako użytkownik albo dla wszystkich
view-part-unusable = Ta część widoku wymienia coś, czego nie ma lub czego nie możesz zobaczyć; zapytaj autora widoku
view-team-unknown = Nie należysz do takiego zespołu; udostępnij widok jednemu ze swoich zespołów
view-text-length = Ten tekst może mieć najwyżej { $max } znaków
view-too-many = Widok ma najwyżej { $most } kolumn
view-too-many-views = Widoków jest za dużo: jedna osoba może mieć najwyżej { $most }, a wspólnych może być 800 dla obiektu. Najpierw usuń niektóre
view-unknown = Nie ma takiego widoku obiektu { $object }
view-unusable = Widoku „{ $name }” nie można użyć: jego filtr nie pasuje do pól, które możesz zobaczyć

## Totals
totals-no-group = Nie można grupować rekordów według pola { $field }
totals-not-a-date = { $field } nie jest datą: tylko daty mają dni, tygodnie, miesiące, kwartały i lata
totals-not-a-number = Wartości pola { $field } nie da się tak sumować ani porównywać
totals-sort = „{ $found }” nie jest żadną z żądanych sum; podaj group, count lub jedną z nich
totals-too-large = Suma jest zbyt duża, by ją pokazać; zawęź filtr
totals-too-many = Grup lub sum może być najwyżej { $most }
totals-too-many-groups = Grup jest więcej niż { $most }; grupuj według czegoś ogólniejszego lub zawęź filtr
totals-unit = „{ $found }” nie jest okresem: podaj day, week, month, quarter lub year
totals-unreadable = „{ $found }” nie jest sumą: podaj sum(pole), avg(pole), min(pole), max(pole) lub count

## Filters

filter-expected =
    znak { $position }: oczekiwano: { $expected ->
        [test] nazwa pola, „not”, „(” albo jedno z any, no, all, count, sum, avg, min, max
        [field] nazwa pola
        [relation] nazwa relacji do wielu rekordów, np. orders
        [operator] operator: =, ==, !=, <, <=, >, >=, in, is, between, contains, starts with lub ends with
        [comparison] porównanie: =, ==, !=, <, <=, > lub >=
        [value] wartość: 'tekst', liczba, true, false, date'…', instant'…', money'…', now, today, me lub my_team
        [text] tekst w pojedynczych cudzysłowach
        [and] „and” z górną granicą
        [and-or] „and”, „or” albo koniec
        [and-or-close] „and”, „or” lub „)”
        [comma-or-close] „,” lub „)”
        [where-or-close] „where” lub „)”
        [open] „(”
        [with] „with”
        [of] „of”
        [empty] „empty”
        [empty-or-not] „empty” lub „not empty”
        [list-or-period] lista w nawiasach, „tree of” z identyfikatorem albo next, last lub this z okresem
        [number-or-period] liczba albo week, month, quarter lub year
        [period] week, month, quarter lub year
        [unit] days, weeks, months, quarters lub years
       *[other] { $expected }
    }, { $ended ->
        [yes] a filtr kończy się tutaj
       *[no] jest „{ $found }”
    }
filter-value =
    znak { $position }: „{ $found }” nie jest wartością dla pola „{ $name }”; napisz { $kind ->
        [integer] liczbę, np. 12.50
        [decimal] liczbę, np. 12.50
        [percent] liczbę, np. 12.50
        [money] liczbę w walucie podstawowej albo money'12.50 EUR'
        [yes_no] true lub false
        [date] date'2026-11-22', today lub now
        [instant] date'2026-11-22', instant'2026-11-22T10:00:00Z', today lub now
        [relation] identyfikator rekordu w pojedynczych cudzysłowach
        [relations] identyfikator rekordu w pojedynczych cudzysłowach
        [user] identyfikator użytkownika w pojedynczych cudzysłowach albo me
        [team] identyfikator zespołu w pojedynczych cudzysłowach albo my_team
       *[other] tekst w pojedynczych cudzysłowach
    }
filter-too-long = znak { $position }: filtr jest dłuższy niż { $limit } bajtów
filter-too-deep = znak { $position }: nawiasy są zagnieżdżone głębiej niż na { $limit } poziomów
filter-too-many-tests = znak { $position }: filtr ma więcej niż { $limit } warunków
filter-too-many-values = znak { $position }: lista ma więcej niż { $limit } wartości
filter-unclosed = znak { $position }: brakuje zamykającego znaku { $quote }
filter-nul = znak { $position }: tekst nie może zawierać znaku NUL
filter-reserved = znak { $position }: „{ $found }” jest słowem kluczowym; pole o tej nazwie zapisuje się w odwrotnych apostrofach: `{ $found }`
filter-not-a-date = znak { $position }: „{ $found }” nie jest datą; napisz np. date'2026-11-22'
filter-not-an-instant = znak { $position }: „{ $found }” nie jest chwilą; napisz np. instant'2026-11-22T10:00:00Z'
filter-not-money = znak { $position }: „{ $found }” nie jest kwotą; napisz np. money'1000.00 EUR'
filter-unknown-currency = znak { $position }: „{ $found }” nie jest walutą
filter-unknown-field = znak { $position }: { $object } nie ma pola „{ $name }”, po którym można filtrować
filter-unknown-relation = znak { $position }: { $object } nie ma relacji „{ $name }” do wielu rekordów
filter-not-a-relation = znak { $position }: „{ $name }” nie jest relacją, więc nic nie może po nim następować
filter-no-hierarchy = znak { $position }: obiekt { $object } nie ma hierarchii, o którą mogłoby pytać „in tree of”
filter-keeps-no-roles = znak { $position }: powiązania „{ $name }” nie mają ról ani dat, więc „as” i „on” nic o nich nie mówią
filter-needs-day = znak { $position }: „{ $found }” nie jest dniem; napisz date'2026-11-22', today albo now
filter-which-hierarchy = znak { $position }: obiekt { $object } ma kilka hierarchii; wskaż właściwą, na przykład { $name }.{ $field } in tree of
filter-any-object = znak { $position }: „{ $name }” prowadzi do rekordów dowolnego obiektu, więc nie można nazwać ich pól
filter-leads-to-many = znak { $position }: „{ $name }” prowadzi do wielu rekordów; napisz any({ $name } where …)
filter-nobody-asks = znak { $position }: reguła obowiązuje wszystkich; nie może pytać o me ani my_team
filter-own-fields = znak { $position }: reguła może sprawdzać tylko pola samego rekordu
filter-path-too-long = znak { $position }: ścieżka może przejść najwyżej przez { $limit } relacje
filter-nested = znak { $position }: relacje można zagnieżdżać najwyżej na { $limit } poziomy
filter-operator = znak { $position }: „{ $operator }” nie pasuje do pola „{ $name }” typu { $kind }
filter-stretch = znak { $position }: „{ $found }” powinno być liczbą całkowitą od 0 do { $limit }
filter-needs-field = znak { $position }: { $figure } wymaga pola: { $figure }({ $relation }.pole)
filter-needs-number = znak { $position }: „{ $found }” powinno być liczbą
filter-takes-no-field = znak { $position }: tylko sum, avg, min i max przyjmują pole; usuń „.{ $name }”
filter-too-fine = znak { $position }: średnią porównuje się najwyżej z { $digits } cyframi więcej, niż ma pole

## jobs

jobs-limit = Limit to liczba od 1 do { $most }
jobs-cursor = Nieprawidłowy kursor; zacznij ponownie od pierwszej strony
jobs-state = Stan to jeden z: { $states }
jobs-not-dead = Ponowić można tylko zadanie, które zostało porzucone

## Demo

demo-not-empty = Baza danych zawiera już rekordy; firmę pokazową tworzy się w pustej
demo-refused = Nie udało się utworzyć firmy pokazowej: { $path } odpowiedziało „{ $answer }”

## Database

db-in-use = Folder danych { $dir } jest używany przez inny proces; najpierw go zatrzymaj
db-tenant-name = Nazwa najemcy ma od 1 do 64 znaków: małe litery bez znaków diakrytycznych, cyfry, - i _
db-schema-newer = Dane zapisała nowsza wersja programu (migracja { $number }, { $name }); zainstaluj tę wersję
db-migration-changed = Migrację { $name } zmieniono po jej zastosowaniu; przywróć jej treść
db-no-free-node = Wszystkie 1024 numery węzłów są zajęte; zatrzymaj niepotrzebne programy
db-postgres-too-old = PostgreSQL { $version } jest zbyt stary; potrzebna jest wersja 15 lub nowsza
db-postgres-encoding = Baza danych używa kodowania { $encoding }; potrzebne jest UTF8
db-postgres-role-bypasses = Rola { $role } może omijać zabezpieczenia na poziomie wierszy; odbierz jej to prawo

## Records

batch-id-missing = Podaj, o który rekord chodzi: jego id
batch-repeated = Ten sam rekord występuje w tym żądaniu dwa razy; podaj go raz
batch-too-many = Najwyżej { $most } naraz; resztę wyślij w kolejnym żądaniu
cursor-unusable = Ten kursor nie należy do tej listy; zacznij od nowa bez kursora
expand-too-many = Naraz można rozwinąć najwyżej { $most } relacji
expand-unknown = Nie ma relacji { $field }, którą można by rozwinąć
field-read-only = Tego pola nie można tutaj zapisać
field-required = Wartość jest wymagana
rule-broken = { $text }
field-unknown = Obiekt { $object } nie ma takiego pola
fields-unknown = Obiekt { $object } nie ma pola { $field }
idempotency-key-reused = Tego klucza Idempotency-Key użyto już w innym żądaniu; wybierz nowy
idempotency-key-unusable = Idempotency-Key to tekst od 1 do 255 znaków ASCII
idempotency-twin = To samo żądanie jest właśnie wykonywane; spróbuj za chwilę
if-match-unusable = If-Match to wersja rekordu, na przykład "3"
limit-range = Limit to liczba od 1 do { $most }
match-not-in-file = Żadna kolumna pliku nie wypełnia pola { $field }, według którego mają być dopasowane wiersze
match-several = Kilka rekordów ma wartość { $value }; nie wiadomo, o który chodzi
match-unknown = Rekordów nie można wyszukać według { $field }; wybierz pole tekstowe, e-mail, telefon lub id
relation-not-found = Nie ma rekordu { $id }, do którego można by się odwołać
relation-to-itself = Rekord nie może być nadrzędny wobec samego siebie
hierarchy-circle = Powstałoby błędne koło: { $path }. Najpierw zmień miejsce jednego z tych rekordów (te w koszu zachowują swoje)
hierarchy-too-deep = Hierarchia może mieć najwyżej { $most } poziomów
definition-hierarchy = Hierarchia to relacja prowadząca do jednego rekordu tego samego obiektu
definition-roles = Role to lista różnych kodów do 100 znaków, dla relacji do wielu rekordów
definition-role-in-use = Roli { $code } nie można usunąć, bo powiązania mogą ją mieć
definition-inverse-label = Etykieta drugiego końca wymaga nazwy relacji po tamtej stronie („inverse”)
tree-unknown = Obiekt { $object } nie ma hierarchii „{ $field }”
tree-none = Obiekt { $object } nie ma hierarchii
tree-several = Obiekt { $object } ma kilka hierarchii; wskaż właściwą parametrem „field”: { $known }
relation-unknown = Żaden rekord nie nazywa się { $value }; najpierw go utwórz albo popraw nazwę
rights-change = Nie masz prawa zmienić tego rekordu obiektu { $object }
rights-duplicates = Nie masz prawa utworzyć rekordu obiektu { $object }, który prawdopodobnie już istnieje
rights-create = Nie masz prawa tworzyć rekordów obiektu { $object }
rights-delete = Nie masz prawa usunąć tego rekordu obiektu { $object }
rights-export = Nie masz prawa eksportować obiektu { $object }
sort-not-sortable = Listy nie można sortować według { $field }
sort-too-many = Listy sortuje się najwyżej według { $most } pól
sort-unknown = Obiekt { $object } nie ma pola { $field }, według którego można by sortować
unique-taken = Inny rekord ma już wartość { $value } w polu { $field }; może ona wystąpić tylko raz
unique-taken-unknown = Inny rekord ma już wartość, która może wystąpić tylko raz

## Definitions

definition-bound = To nie jest wartość odpowiednia dla typu pola
definition-fixed = Tego nie można już zmienić; utwórz nowe
definition-in-use = { $by } prowadzi tutaj; najpierw usuń to pole
definition-looked-at = { $by } sprawdza to pole; najpierw zmień tamto
definition-mapped = Zapisane mapowanie { $by } wypełnia to pole; najpierw je zmień albo usuń
definition-name = Nazwa składa się z małych liter a–z, cyfr i podkreśleń, zaczyna się od litery i ma najwyżej 40 znaków
definition-option-in-use = Opcja { $code } jest w rekordach (liczba: { $records }); wycofaj ją albo zastąp inną
definition-option-named = Do opcji { $code } odwołuje się { $by }; najpierw zmień to miejsce
definition-option-standard = Opcja { $code } należy do programu i zostaje; można ją wycofać
definition-option-replacement = { $code } nie jest inną opcją tego pola, którą można wybrać
definition-default-retired = Opcja { $code } jest wartością domyślną pola, a ta musi dać się wybrać; najpierw zmień wartość domyślną
definition-colour = Opcja { $code } ma kolor { $found }; kolor to nazwa z palety (grey, red, orange, yellow, green, teal, blue, violet, pink, brown) albo #rrggbb
definition-options = Pole wyboru wymaga opcji, każdej raz i niepustej; inne typy nie mają opcji
definition-pattern = To nie jest wyrażenie regularne, którego można użyć
definition-numbering = Zapisz to, co wspólne dla wszystkich numerów, rok jako { "{yyyy}" } albo { "{yy}" } i raz numer jako zera, na przykład K-{ "{yyyy}-{0000}" }
definition-personal = Dane osobowe są klasy ordinary, opinion lub special
definition-restore-taken = Nazwa { $name } jest już zajęta; najpierw trzeba usunąć to, co ją nosi
definition-restore-target = Relacja { $field } prowadzi do { $object }, którego nie ma; najpierw go przywróć
definition-scale = Po przecinku może być najwyżej 9 cyfr
definition-not-of-type = Pole tego typu nie ma tej opcji
definition-scheme = Schemat musi być jednym z: { $known }
definition-shape = Nie można odczytać definicji: { $cause }
definition-slots-full = Wszystkie indeksowane miejsca dla pól tego typu są zajęte; utwórz pole z "filterable": false albo usuń niepotrzebne
definition-standard = To część produktu; nie można tego zmienić ani usunąć
definition-taken = Ta nazwa jest zajęta; wybierz inną
definition-target = Relacja wymaga istniejącego obiektu docelowego; inne typy go nie mają
definition-too-many = Może być ich najwyżej { $most }
definition-type = Nie ma takiego typu; są: { $known }
definition-other-values = Wartości byłyby innego typu; utwórz raczej nowe pole
rollup-missing = Podaj, co ma być zbierane, na przykład { "{" }"relation": "orders", "function": "sum", "field": "total"{ "}" }
rollup-relation = Żadne rekordy nie prowadzą do { $object } relacją { $name }, po której można filtrować
rollup-function = Funkcja musi być jedną z: { $known }
rollup-needs = { $function } wymaga opcji { $option }: pola powiązanych rekordów
rollup-takes-no = { $function } nie ma opcji { $option }
rollup-unfit = { $function } nie ma sensu dla pola { $name } typu { $kind }
rollup-of-rollup = { $name } samo powstaje z wartości innych rekordów i nie można go zbierać jeszcze raz
expression-missing = Podaj, jak powstaje wartość, na przykład "expression": "amount * probability / 100"
expression-expected =
    znak { $position }: oczekiwano: { $expected ->
        [value] pole, liczba, 'tekst', true, false, date'…', instant'…', funkcja albo „(”
        [operator] operator (+, -, *, /, &, =, !=, <, <=, >, >=, and, or) albo koniec
        [empty] „empty” lub „not empty”
        [comma-or-close] „,” lub „)”
       *[close] „)”
    }{ $ended ->
        [yes] , a to już koniec
       *[no] , a jest „{ $found }”
    }
expression-too-large = znak { $position }: wyrażenie jest za długie lub za głębokie; granica to { $limit }
expression-unknown-field = znak { $position }: { $object } nie ma znanego tu pola „{ $name }”
expression-unknown-function = znak { $position }: nie ma funkcji „{ $name }”; są: { $known }
expression-arguments = znak { $position }: { $name } przyjmuje od { $least } do { $most } wartości, a nie { $found }
expression-moves = znak { $position }: { $name } zmienia się samo; przechowywana wartość byłaby jutro błędna. Użyj tego w filtrze
expression-types = znak { $position }: { $name } nie da się zastosować do { $found }
expression-unfit-field = znak { $position }: { $name } jest typu { $kind }, którego wyrażenie nie odczyta
expression-path = znak { $position }: { $name } prowadzi do innego rekordu; wyrażenie czyta tylko pola własnego rekordu. Liczby z innych przynosi tu pole zbierane
expression-number = znak { $position }: ta wartość jest za duża lub za dokładna
expression-circle = Wyrażenie wraca do tego samego pola
filter-moves = znak { $position }: to zmienia się z godziną lub datą; podaj stałą datę, bo wartość jest przechowywana, a nie liczona od nowa każdego dnia
definition-unique = Pola z wieloma wartościami lub długim tekstem nie mogą być unikalne
label-language = Etykiety podaje się dla en, pl, fr i ro
label-length = Etykieta ma od 1 do 200 znaków
layout-columns = Sekcja ma od 1 do { $most } kolumn
layout-field-twice = Pole „{ $field }” już jest w tym układzie
layout-relation-unknown = Nie ma relacji „{ $name }” od { $object } do wielu rekordów
layout-field-unknown = Nie ma pola „{ $field }” w { $object }
layout-sections = Układ ma od 1 do { $most } sekcji
layout-team-unknown = Nie ma zespołu „{ $team }”

## Imports

import-fields-missing = Brakuje pola { $field } lub jednej z jego opcji; może je utworzyć administrator albo sam zaimportować ten plik
import-scope = Zakresy tego tokenu nie pozwalają na wszystko, co robi import: brakuje { $scope }
import-scope-kind = Tokenem z zakresami nie można importować { $kind }; użyj tokenu bez zakresów
import-file-missing = Formularz nie ma części o nazwie file
import-given-up = Import był raz po raz przerywany w tym samym miejscu; zaimportuj plik ponownie albo jego część
import-form = Wyślij plik jako multipart/form-data z częścią o nazwie file
import-mode-needs-match = Aby tylko zmieniać rekordy, podaj pole, po którym dopasowywane są wiersze
import-option-unreadable = Nie można odczytać tej opcji
import-too-large = Pliki mogą mieć najwyżej { $most } GiB; podziel plik
upload-empty = Plik jest pusty; wyślij plik z treścią
upload-too-large = Plik może mieć najwyżej { $most } MiB; wyślij mniejszy albo poproś o podniesienie limitu w ustawieniach
upload-quota = Pliki firmy mogą zajmować łącznie { $most } MiB, a ten już się nie mieści; poproś o podniesienie limitu w ustawieniach
upload-range = Plik ma { $size } bajtów; poproś o któreś z nich
import-too-many-choices = Kolumna ma ponad { $most } różnych wartości: to nie jest lista wyboru; użyj typu text
ledger-currencies-mixed = Pozycje jednego zamówienia są w różnych walutach
ledger-key-missing = Tabela [{ $table }] w mapie wymaga klucza key
ledger-map-missing = Import transakcji wymaga mapy, która mówi, co jest w której kolumnie
ledger-type-unknown = Mapa podaje nieistniejący typ { $kind }

## Search

search-object-unknown = Nie ma obiektu „{ $object }”, który wolno ci przeszukiwać
search-too-long = Wyszukiwanie może mieć najwyżej { $limit } znaków
search-too-many-words = Wyszukiwanie może mieć najwyżej { $limit } słów

## Settings

settings-base-currency-in-use = Kwoty są zapisane z walutą bazową { $currency }; nie można jej już zmienić
settings-country = Kraj to dwie litery, na przykład PL
settings-currency = Waluta to trzy litery według ISO 4217, na przykład EUR
settings-day = Dzień zapisuje się 2026-11-23
settings-languages = Języki to lista spośród en, pl, fr i ro
settings-number = Wpisz liczbę całkowitą od { $least } do { $most }
settings-megabytes = To ustawienie jest całkowitą liczbą MiB od 1 do { $most }
settings-yes-no = Wpisz true albo false
settings-rate = Kurs to liczba większa od 0, najwyżej 1 000 000, z najwyżej 9 cyframi po przecinku
settings-text-expected = To ustawienie jest tekstem
settings-time-zone = Nie ma takiej strefy czasowej; podaj na przykład Europe/Warsaw
settings-unknown = Nie ma takiego ustawienia

## Cofanie

undo-nothing = Nie ma czego cofnąć: wszystko, co zrobiła ta operacja, zostało już cofnięte
undo-refused = Tej operacji nie da się już cofnąć, bo dane zmieniono później; powody podano na liście
undo-still-running = Ta operacja jeszcze trwa; poczekaj na jej koniec albo najpierw ją zatrzymaj
undo-too-many = Ta operacja dotyczyła ponad { $most } rekordów. Podaj w „conflicts”, co zrobić z tymi, które zmieniono później (keep albo overwrite); zostanie wtedy cofnięta w tle
undo-changed-since = Zostało to później zmienione
undo-binned-since = Rekord trafił później do kosza
undo-field-gone = Zmienione pole już nie istnieje
undo-not-allowed = Nie możesz zmieniać jednego ze zmienionych pól
undo-out-of-reach = Ta operacja zmieniła też rekordy, których nie możesz zobaczyć

## Scalanie

merge-count = Podaj od jednego do { $most } różnych rekordów, które mają zostać włączone do pozostającego
merge-itself = Pozostający rekord nie może zostać włączony sam do siebie
merge-too-many-linked = Do tych rekordów prowadzi ponad { $most } innych; scalaj po mniejszej liczbie naraz
contradiction = Te rekordy przeczą sobie ({ $fields }), jakby nie były tym samym: podaj w „fields”, która wartość zostaje, albo wyślij "confirm": true

## Zmiany zbiorcze

bulk-unknown = Podaj, co zrobić: change, delete albo restore
bulk-nothing = Podaj, co zmienić: fields, add albo remove
bulk-no-fields = Pola podaje się tylko przy zmianie
bulk-holds-one = To pole ma jedną wartość: ustaw je przez fields
bulk-over = To już się zakończyło

## Duplikaty

duplicates-two = Podaj dwa różne rekordy
duplicate-likely = Taki rekord prawdopodobnie już istnieje: obejrzyj podane albo utwórz go z „allow_duplicate”, jeśli masz do tego prawo
duplicates-threshold = Podaj próg od 1 do 100
duplicates-signals = Podaj od jednego do { $most } sygnałów
duplicates-one-name = Nazwy porównuj w jednym sygnale: wpisz części nazwy do jego „fields”
duplicates-unreachable = Wszystkie sygnały razem nie osiągają progu: obniż go albo daj więcej punktów
duplicates-fields = Podaj od jednego do { $most } pól
duplicates-twice = { $field } występuje tu dwa razy
duplicates-compare = Pola { $field } nie można tak porównać: wybierz inne „compare” dla pól tego typu
duplicates-share = Podaj liczbę od 0 do 100
duplicates-similar = „similar” należy do sygnałów porównujących nazwy i nie przekracza ich punktów
duplicates-group = To, co wskazuje na grupę firm, przemawia przeciw: daj 0 punktów i podaj „against”

## Talk

comment-emoji-too-many = Komentarz może mieć najwyżej { $most } różnych reakcji
comment-emoji-unknown = Reakcja to dokładnie jedno emoji
comment-not-yours = Może to zrobić tylko autor tego komentarza
comment-parent-unknown = Przy tym rekordzie nie ma takiego komentarza, na który można odpowiedzieć
comment-pin-answer = Odpowiedzi nie można przypiąć; przypnij komentarz, którego dotyczy
comment-thread-full = Ten wątek ma już { $most } odpowiedzi; zacznij nowy
mention-too-many = W komentarzu można wspomnieć najwyżej { $most } osób i zespołów
mention-unknown = Nie ma nikogo o nazwie „{ $name }”, kogo można wspomnieć; napisz { "@[" }nazwa](user:id) albo dokładną nazwę zespołu
talk-scope = Ten token może tylko czytać te rekordy; potrzebuje zakresu, który pozwala pisać
talk-users-only = Mogą to robić tylko użytkownicy, nie sam program

template-unknown = Nie ma takiego szablonu dla { $object }
template-object-unknown = Nie ma obiektu „{ $object }”, dla którego można zrobić szablon
template-relative = Dni liczy się tak: { "{" }"days_from_today": 14{ "}" }, liczba całkowita do { $most } w obie strony; dla chwili także z "at": "09:00"
template-relative-kind = „{ $field }” nie jest dniem ani chwilą, więc nie można liczyć od dziś
template-no-files = Plików nie można trzymać w szablonie
template-too-long = Wartości szablonu mają więcej niż { $most } bajtów
template-too-many = Masz już { $most } szablonów albo jest zbyt wiele wspólnych; najpierw usuń któreś
template-not-yours = Nie możesz zmienić tego szablonu
template-for-all = Nie możesz zrobić szablonu dla wszystkich
notice-assigned = { $by } przydziela Ci: { $record }
notice-assigned-many = { $by } przydziela Ci rekordy ({ $objects }: { $count })
notice-at = Podaj „at”, które pokazało powiadomienie, czyli chwilę jak 2026-11-23T11:00:00.000Z
notice-bulk-finished = Zmiana zbiorcza dobiegła końca
notice-changed = { $by } zmienia: { $record }
notice-changed-many = { $by } zmienia rekordy, które śledzisz ({ $objects }: { $count })
notice-changed-often = { $record }: liczba zmian { $count }, ostatnia: { $by }
notice-commented = { $by } komentuje: { $record }
notice-commented-often = { $record }: liczba nowych komentarzy { $count }, ostatni: { $by }
notice-import-finished = Import dobiegł końca: utworzono { $created }, zmieniono { $updated }, pominięto { $skipped }, nie udało się { $failed }
notice-mentioned = { $by } wspomina o Tobie: { $record }
notice-mentioned-often = { $record }: liczba wzmianek o Tobie { $count }, ostatnia: { $by }
notice-until = Podaj albo „all”: true, albo „until” z chwilą jak 2026-11-23T11:00:00Z
reminder-at = Podaj chwilę, na przykład 2026-11-23T11:00:00Z
reminder-for = Podaj id aktywnego użytkownika, który może czytać ten rekord
reminder-minutes = Podaj liczbę minut, od 1 do tylu, ile ma dziesięć lat
reminder-note-long = Notatka przypomnienia ma najwyżej { $most } znaków
reminder-past = Przypomnienie musi być w przyszłości; ta chwila już minęła
reminder-too-far = Przypomnienie może być najwyżej dziesięć lat naprzód
reminder-too-many = Na tego użytkownika czeka już { $most } przypomnień
notice-reminded = Przypomnienie: { $note } ({ $record })
notice-reminded-plain = Przypomnienie: { $record }
