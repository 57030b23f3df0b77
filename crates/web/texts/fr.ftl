## web

not-found = Introuvable
unauthenticated = Veuillez vous connecter
administrators-only = Cette opération est réservée aux administrateurs
cross-origin = Cette requête provient d’un autre site et a été refusée
invalid = La requête contient des données non valides
stale = Quelqu’un a modifié cet élément entre-temps ; rechargez-le
busy = Trop de requêtes à la fois ; réessayez dans un instant
unavailable = Le service est momentanément indisponible ; réessayez dans un instant
internal = Une erreur s’est produite de notre côté ; mentionnez l’identifiant de la requête en la signalant
method-not-allowed = Cette adresse n’accepte pas cette méthode
request-refused = La requête a été refusée
uri-too-long = L’adresse est trop longue
content-type-not-json = Le corps doit être du JSON (Content-Type: application/json)
body-too-large = Le corps de la requête est trop volumineux
body-cut-off = Le corps de la requête n’est pas arrivé en entier
body-malformed = Le corps n’est pas du JSON valide (ligne { $line }, colonne { $column })
body-unknown-field = Il n’y a pas de champ « { $name } » ici
body-missing-field = Le champ « { $name } » manque
body-repeated-field = Le champ « { $name } » est donné deux fois
body-wrong-kind = Une valeur d’un autre type est attendue ici ({ $reason })
query-unreadable = Ce paramètre est illisible ({ $reason })
query-unknown = Il n’y a pas de paramètre « { $name } » ici
query-repeated = Le paramètre « { $name } » est donné deux fois
