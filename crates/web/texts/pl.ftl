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
