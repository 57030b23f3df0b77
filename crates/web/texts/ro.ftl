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
