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

## Fields

field-needs-text = Un texte entre guillemets est attendu ici
field-needs-number = Un nombre est attendu ici
field-needs-list = Une liste est attendue ici : [ … ]
field-too-many = Au plus { $max } valeurs sont permises
field-control-character = Le texte contient un caractère de contrôle ({ $code }) ; supprimez-le
field-line-break = Le texte doit tenir sur une ligne ; supprimez le saut de ligne
field-text-too-long = Le texte compte { $length } caractères ; { $max } au plus sont permis
field-text-too-short = Le texte compte { $length } caractères ; il en faut au moins { $min }
field-pattern-mismatch = « { $found } » n’a pas la forme requise ({ $pattern })
field-pattern-unreadable = Le motif « { $pattern } » n’est pas une expression régulière valable, ou il est trop grand
field-too-many-tags = Le texte mis en forme contient plus de { $max } balises ; simplifiez sa mise en forme
field-html-unreadable = Le texte mis en forme ne peut pas être lu comme du HTML ; simplifiez sa mise en forme
field-not-a-number = « { $found } » n’est pas un nombre ; écrivez-le comme 1234.50
field-not-whole = « { $found } » n’est pas un nombre entier
field-number-too-fine = « { $found } » a plus de chiffres après la virgule que permis ({ $digits })
field-number-too-small = Le nombre doit être d’au moins { $min }
field-number-too-large = Le nombre doit être d’au plus { $max }
field-number-inexact = Le nombre { $found } a trop de chiffres pour être lu exactement ; envoyez-le comme texte, entre guillemets
field-not-money = Un montant s’écrit 1234.50 EUR, ou comme objet avec « amount » et « currency »
field-unknown-currency = « { $found } » n’est pas un code de monnaie (ISO 4217) ; écrivez par exemple EUR
field-unknown-part = Il n’y a pas ici de partie nommée « { $part } »
field-not-yes-no = « { $found } » ne veut dire ni oui ni non ; écrivez true ou false
field-not-a-date = « { $found } » n’est pas une date ; écrivez-la comme 2026-11-22
field-not-a-date-like = « { $found } » n’est pas une date ; dans ce fichier, les dates s’écrivent comme { $example }
field-not-an-instant = « { $found } » n’est pas une date avec une heure ; écrivez-la comme 2026-11-22T10:00:00Z
field-not-a-duration = « { $found } » n’est pas une durée ; écrivez-la comme 1:30, 90 min, 1h 30m ou PT1H30M
field-unknown-choice = « { $found } » ne fait pas partie des choix : { $choices }
field-retired-choice = L’option { $code } est retirée et ne peut plus être choisie
field-not-an-email = « { $found } » n’est pas une adresse électronique ; écrivez-la comme nom@example.com
field-not-a-phone = « { $found } » n’est pas un numéro de téléphone complet ; écrivez-le avec l’indicatif du pays, comme +48 12 345 67 89 (sans indicatif, il est lu comme un numéro du pays { $country })
field-phone-extension = « { $found } » contient un numéro de poste ; écrivez le numéro seul
field-not-an-iban = « { $found } » n’est pas un IBAN ; écrivez-le avec son code de pays, comme PL61 1090 1014 0000 0712 1981 2874
field-iban-length = Un IBAN du pays { $country } compte { $length } caractères ; celui-ci en a { $found }
field-iban-check = Les chiffres de contrôle du compte { $found } ne correspondent pas ; comparez-le avec l’original
field-not-a-tax-id = Ce n’est pas un numéro { $scheme } : sa longueur ou ses chiffres de contrôle ne conviennent pas
field-not-a-vat-number = Ce n’est pas un numéro de TVA du pays { $country } : sa longueur ou ses chiffres de contrôle ne conviennent pas
field-vat-without-country = Ce n’est pas un numéro de TVA du pays { $country } ; pour un autre pays, écrivez d’abord son code, comme RO14399840
field-national-ids = Les numéros de personnes ({ $scheme }) ne peuvent être conservés que si l’entreprise l’autorise : activez « allow_national_ids » dans les paramètres
field-not-a-url = « { $found } » n’est pas une adresse web ; écrivez-la comme https://example.com
field-not-an-address = Une adresse s’écrit « rue; code postal; ville; région; pays », ou comme objet avec ces parties
field-not-a-file = Un fichier s’écrit comme l’identifiant que POST /files a donné
field-file-unknown = Il n’y a pas de fichier { $id } que vous puissiez mettre ici ; envoyez-le d’abord
field-not-a-picture = « { $name } » n’est pas une image pour navigateurs, mais { $kind } ; envoyez du PNG, JPEG, WebP ou GIF
field-unknown-country = « { $found } » n’est pas un pays ; écrivez son code à deux lettres, comme PL, ou son nom
field-unknown-language = « { $found } » n’est pas une langue ; écrivez son code à deux lettres, comme pl, ou son nom
field-not-an-id = « { $found } » n’est pas l’identifiant d’une fiche (13 lettres et chiffres)
field-link-without-id = Il manque l’« id » de la fiche
field-link-without-object = Dites à quel objet appartient la fiche, comme contacts:ID
field-unknown-object = Il n’y a pas d’objet nommé « { $found } »
field-wrong-object = Ce champ mène à { $object }, et non à « { $found } »
field-keeps-no-roles = Ce champ ne garde pas de rôles ; supprimez « { $found } »
field-role-day = « { $found } » n’est pas un jour ; écrivez-le ainsi : 2026-11-22
field-role-ends-first = Le dernier jour d’un rôle précède le premier

## identity

identity-credentials-wrong = Adresse e-mail ou mot de passe incorrect
identity-cursor = Ce curseur n’est pas valide ; reprenez à la première page
identity-email-invalid = Ceci n’est pas une adresse e-mail valide
identity-email-taken = Un autre utilisateur a déjà cette adresse e-mail
identity-expiry-past = Ce moment est déjà passé
identity-instant-invalid = Un instant comme 2026-11-22T10:00:00Z est attendu
identity-language-unknown = Cette langue n’est pas disponible (en, pl, fr, ro)
identity-last-administrator = Il doit toujours rester un administrateur actif
identity-limit = La limite est un nombre de 1 à { $most }
identity-name-invalid = Un nom compte de 1 à { $most } caractères
identity-object-name-invalid = « { $name } » ne peut pas être le nom d’un objet
identity-password-guessed = Ce mot de passe est facile à deviner
identity-password-long = Un mot de passe compte au plus { $most } octets
identity-password-short = Un mot de passe compte au moins { $least } caractères
identity-password-wrong = Le mot de passe actuel est incorrect
identity-role-fixed = Le rôle d’administrateur ne peut pas être modifié
identity-role-in-use = Des utilisateurs ont encore ce rôle
identity-role-name-invalid = Le nom d’un rôle se compose de minuscules, de chiffres, de - et de _ (au plus { $most })
identity-role-name-taken = Un rôle porte déjà ce nom
identity-role-unknown = Il n’y a pas de rôle « { $role } »
identity-scope-invalid = « { $scope } » n’est pas une portée comme contacts:read
identity-scopes-many = Un jeton compte au plus { $most } portées
identity-set-up-already = Cette installation est déjà configurée
identity-setup-code-wrong = Le code de configuration est incorrect ; le code actuel figure sur la console du serveur
identity-team-circle = Une équipe ne peut pas dépendre d’elle-même
identity-team-in-use = L’équipe a encore des membres ou des équipes sous elle
identity-team-name-taken = Une équipe porte déjà ce nom
identity-team-unknown = Il n’y a pas d’équipe « { $team } »
identity-token-by-token = Les jetons sont gérés par des personnes, non par d’autres jetons
identity-token-user-missing = Indiquez à qui appartiendra ce jeton
identity-user-unknown = Il n’y a pas d’utilisateur actif « { $user } »

## Files

card-broken = Le fichier de cartes est incomplet ou n’est pas une vCard ; la dernière carte commencée porte le numéro { $card }
card-contacts-only = Les cartes décrivent des personnes : importez-les et exportez-les comme contacts
card-left-out = Laissé de côté, car les contacts n’ont pas de place pour cela : { $what }
file-empty = Le fichier est vide ; sa première ligne doit contenir les noms des colonnes
file-binary = La ligne contient des octets nuls ; ce n’est pas un fichier de texte
file-undecodable = La ligne n’est pas valable en { $encoding } ; enregistrez le fichier en UTF-8 ou indiquez son codage
file-encoding-unknown = Le codage « { $found } » ne peut pas être lu ; enregistrez le fichier en UTF-8
file-delimiter-unknown = « { $found } » ne peut pas séparer des colonnes ; utilisez une virgule, un point-virgule, une tabulation ou |
file-row-too-long = La ligne dépasse { $max } octets ; peut-être un guillemet n’est-il pas fermé
file-cell-too-long = Une cellule contient plus de { $max } caractères
file-too-many-columns = La ligne a plus de { $max } colonnes
file-row-too-wide = La ligne a { $cells } cellules, mais l’en-tête nomme { $columns } colonnes ; peut-être une cellule qui contient un séparateur n’est-elle pas entre guillemets
file-column-without-name = La colonne { $column } n’a pas de nom ; écrivez-en un dans la première ligne
file-column-twice = Les colonnes { $first } et { $second } s’appellent toutes deux « { $name } » ; renommez-en une
file-field-twice = « { $first } » et « { $second } » iraient toutes deux dans le champ { $field } ; renommez-en une ou écrivez une table de correspondance
file-no-column-known = Aucune colonne du fichier ne porte le nom d’un champ de { $object } ; renommez les colonnes ou écrivez une table de correspondance
file-map-unreadable = La table de correspondance ne peut pas être lue : { $reason }
file-map-create = Ce que désigne { $field } ne peut être ni créé ni modifié au passage ; create et update servent aux références désignées par un seul champ de leur fiche, comme company.name
file-map-update-own = { $field } mène à { $object } comme les lignes elles-mêmes ; importez ce qui doit y changer comme des lignes à part
file-map-also-unknown = Il n’y a pas d’objet « { $object } » dont vous puissiez créer des fiches
file-map-also-twice = La table de correspondance remplit déjà { $object } d’une autre façon ; ne nommez l’objet qu’une fois
file-map-also-relation = Le champ { $field } de { $object } ne mène pas à { $to } ; nommez-en un qui y mène
file-map-also-no-relation = Rien dans { $object } ne mène à { $to }
file-map-also-relations = Plusieurs champs de { $object } mènent à { $to } : { $fields } ; écrivez "row" pour celui qui est visé
file-map-unclear = La table de correspondance doit donner soit une colonne, soit une valeur pour { $field }
file-map-unknown-field = La table de correspondance nomme le champ { $field }, qui ne peut pas être importé ici
file-map-unknown-column = La table de correspondance nomme la colonne « { $column } », que le fichier n’a pas
mapping-name-length = Un nom compte entre 1 et { $max } caractères
mapping-name-taken = Il existe déjà un modèle appelé « { $name } » pour cet objet, ou il y a trop de modèles
mapping-not-yours = Seul l’auteur de ce modèle, ou un administrateur, peut le modifier
mapping-object-unknown = Il n’y a pas d’objet « { $object } » dans lequel vous puissiez importer
mapping-or-map = Donnez soit un modèle, soit le nom d’un modèle
mapping-unknown = Aucun modèle appelé « { $name } » n’est enregistré pour cet objet
export-schedule-name = Un nom compte entre 1 et { $max } caractères
export-schedule-keep = On peut garder entre 1 et { $max } fichiers
export-schedule-time = « { $found } » n’est pas une heure ; écrivez-la comme 06:00
export-schedule-weekday = Seul un fichier hebdomadaire a un jour de la semaine
export-schedule-day = Seul un fichier mensuel a un jour, entre 1 et 31
export-schedule-of-nobody = Un export planifié a les droits d’un utilisateur : connectez-vous comme utilisateur
export-schedule-owner-gone = La personne qui a demandé ces fichiers ne peut plus se connecter
export-schedule-scope = Un jeton à portée restreinte n’agit pas sur les exports planifiés, qui ont tous les droits de leur propriétaire ; utilisez un jeton sans restriction
export-schedule-too-many = Il y a déjà { $most } exports planifiés ; supprimez-en un d’abord
export-schedule-waiting = { $most } fichiers de cette planification attendent déjà d’être écrits
export-too-large = Le fichier dépasserait { $most } Gio ; resserrez le filtre ou nommez moins de champs
preset-unknown = Il n’y a pas de modèle prêt « { $name } » ; il y a : { $known }
sheet-broken = Le classeur est endommagé ou incomplet ; ouvrez-le, enregistrez-le à nouveau et envoyez le nouveau fichier
sheet-encrypted = Le fichier est protégé par un mot de passe ou dans un ancien format (.xls) ; enregistrez-le en .xlsx, .ods ou .csv sans mot de passe
sheet-error-cells = Les cellules qui affichent une erreur comme #N/A sont considérées comme vides : { $count }, la première est { $first }
sheet-no-room = Le serveur manque de place pour décompresser le classeur ; réessayez plus tard
sheet-none = Seuls les classeurs ont des feuilles ; retirez cette option
sheet-not-one = Le fichier n’est ni au format XLSX ni au format ODS ; enregistrez-le en .xlsx, .ods ou .csv
sheet-too-large = Le classeur contient plus que ce qui peut être lu ; divisez-le ou enregistrez-le en CSV
sheet-unknown = Il n’y a pas de feuille « { $name } » ; le fichier contient : { $known }

## Views
view-for-all = Les vues pour tous sont créées et modifiées par les administrateurs et par ceux dont le rôle le permet : ses droits sur views disent update: all
view-not-yours = Seul l’auteur de cette vue, ou quelqu’un dont le rôle permet de modifier celles des autres, peut la modifier
view-object-unknown = Il n’y a pas d’objet « { $object } » que vous puissiez lire
view-of-nobody = Une vue privée appartient à un utilisateur ; créez-la comme tel, ou pour tous
view-part-unusable = Cette partie de la vue nomme quelque chose qui n’existe pas ou que vous ne pouvez pas voir ; demandez à son auteur
view-team-unknown = Vous n’êtes pas dans une telle équipe ; partagez la vue avec l’une des vôtres
view-text-length = Ce texte a { $max } caractères au plus
view-too-many = Une vue a { $most } colonnes au plus
view-too-many-views = Il y a trop de vues : { $most } au plus par personne, et 800 partagées par objet. Supprimez-en d’abord
view-unknown = Il n’y a pas de telle vue de { $object }
view-unusable = La vue « { $name } » ne peut pas être utilisée : son filtre ne convient pas aux champs que vous pouvez voir

## Totals
totals-no-group = Les fiches ne peuvent être groupées par { $field }
totals-not-a-date = { $field } n’est pas une date : seules les dates ont des jours, semaines, mois, trimestres et années
totals-not-a-number = Les valeurs de { $field } ne peuvent être additionnées ni comparées ainsi
totals-sort = « { $found } » n’est aucun des totaux demandés ; écrivez group, count ou l’un d’eux
totals-too-large = Un total est trop grand pour être affiché ; restreignez le filtre
totals-too-many = On demande { $most } groupes ou totaux au plus
totals-too-many-groups = Il y a plus de { $most } groupes ; groupez plus largement ou restreignez le filtre
totals-unit = « { $found } » n’est pas une période : écrivez day, week, month, quarter ou year
totals-unreadable = « { $found } » n’est pas un total : écrivez sum(champ), avg(champ), min(champ), max(champ) ou count

## Filters

filter-expected =
    au caractère { $position } : attendu : { $expected ->
        [test] le nom d’un champ, « not », « ( » ou l’un de any, no, all, count, sum, avg, min, max
        [field] le nom d’un champ
        [relation] le nom d’une relation vers plusieurs fiches, comme orders
        [operator] un opérateur : =, ==, !=, <, <=, >, >=, in, is, between, contains, starts with ou ends with
        [comparison] une comparaison : =, ==, !=, <, <=, > ou >=
        [value] une valeur : 'texte', un nombre, true, false, date'…', instant'…', money'…', now, today, me ou my_team
        [text] un texte entre apostrophes
        [and] « and » avec la borne supérieure
        [and-or] « and », « or » ou la fin
        [and-or-close] « and », « or » ou « ) »
        [comma-or-close] « , » ou « ) »
        [where-or-close] « where » ou « ) »
        [open] « ( »
        [with] « with »
        [of] « of »
        [empty] « empty »
        [empty-or-not] « empty » ou « not empty »
        [list-or-period] une liste entre parenthèses, « tree of » suivi d’un identifiant, ou next, last ou this avec une période
        [number-or-period] un nombre, ou week, month, quarter ou year
        [period] week, month, quarter ou year
        [unit] days, weeks, months, quarters ou years
       *[other] { $expected }
    }, { $ended ->
        [yes] mais le filtre se termine ici
       *[no] trouvé « { $found } »
    }
filter-value =
    au caractère { $position } : « { $found } » n’est pas une valeur pour « { $name } » ; écrivez { $kind ->
        [integer] un nombre, comme 12.50
        [decimal] un nombre, comme 12.50
        [percent] un nombre, comme 12.50
        [money] un nombre dans la devise de base, ou money'12.50 EUR'
        [yes_no] true ou false
        [date] date'2026-11-22', today ou now
        [instant] date'2026-11-22', instant'2026-11-22T10:00:00Z', today ou now
        [relation] l’identifiant d’une fiche entre apostrophes
        [relations] l’identifiant d’une fiche entre apostrophes
        [user] l’identifiant d’un utilisateur entre apostrophes, ou me
        [team] l’identifiant d’une équipe entre apostrophes, ou my_team
       *[other] un texte entre apostrophes
    }
filter-too-long = au caractère { $position } : le filtre dépasse { $limit } octets
filter-too-deep = au caractère { $position } : les parenthèses sont imbriquées sur plus de { $limit } niveaux
filter-too-many-tests = au caractère { $position } : le filtre a plus de { $limit } tests
filter-too-many-values = au caractère { $position } : la liste a plus de { $limit } valeurs
filter-unclosed = au caractère { $position } : il manque le { $quote } fermant
filter-nul = au caractère { $position } : un texte ne peut pas contenir le caractère NUL
filter-reserved = au caractère { $position } : « { $found } » est un mot-clé ; un champ de ce nom s’écrit entre accents graves : `{ $found }`
filter-not-a-date = au caractère { $position } : « { $found } » n’est pas une date ; écrivez par exemple date'2026-11-22'
filter-not-an-instant = au caractère { $position } : « { $found } » n’est pas un instant ; écrivez par exemple instant'2026-11-22T10:00:00Z'
filter-not-money = au caractère { $position } : « { $found } » n’est pas un montant ; écrivez par exemple money'1000.00 EUR'
filter-unknown-currency = au caractère { $position } : « { $found } » n’est pas une devise
filter-unknown-field = au caractère { $position } : { $object } n’a pas de champ « { $name } » par lequel filtrer
filter-unknown-relation = au caractère { $position } : { $object } n’a pas de relation « { $name } » vers plusieurs fiches
filter-not-a-relation = au caractère { $position } : « { $name } » n’est pas une relation : rien ne peut la suivre
filter-no-hierarchy = au caractère { $position } : { $object } n’a pas de hiérarchie que « in tree of » puisse interroger
filter-keeps-no-roles = au caractère { $position } : les liens de « { $name } » n’ont ni rôles ni dates ; « as » et « on » n’en disent rien
filter-needs-day = au caractère { $position } : « { $found } » n’est pas un jour ; écrivez date'2026-11-22', today ou now
filter-which-hierarchy = au caractère { $position } : { $object } a plusieurs hiérarchies ; nommez celle qui est visée, par exemple { $name }.{ $field } in tree of
filter-any-object = au caractère { $position } : « { $name } » mène à des fiches de tout objet : leurs champs ne peuvent pas être nommés
filter-leads-to-many = au caractère { $position } : « { $name } » mène à plusieurs fiches ; écrivez any({ $name } where …)
filter-nobody-asks = au caractère { $position } : une règle vaut pour tous ; elle ne peut pas demander me ni my_team
filter-own-fields = au caractère { $position } : une règle ne peut regarder que les champs de la fiche elle-même
filter-path-too-long = au caractère { $position } : un chemin suit au plus { $limit } relations
filter-nested = au caractère { $position } : les relations s’imbriquent sur { $limit } niveaux au plus
filter-operator = au caractère { $position } : « { $operator } » ne convient pas à « { $name } », un champ de type { $kind }
filter-stretch = au caractère { $position } : « { $found } » devrait être un nombre entier de 0 à { $limit }
filter-needs-field = au caractère { $position } : { $figure } demande un champ : { $figure }({ $relation }.champ)
filter-needs-number = au caractère { $position } : « { $found } » devrait être un nombre
filter-takes-no-field = au caractère { $position } : seuls sum, avg, min et max prennent un champ ; retirez « .{ $name } »
filter-too-fine = au caractère { $position } : une moyenne se compare avec { $digits } chiffres de plus que le champ, au maximum

## jobs

jobs-limit = La limite est un nombre de 1 à { $most }
jobs-cursor = Ce curseur n’est pas valide ; reprenez à la première page
jobs-state = Un état est l’un de : { $states }
jobs-not-dead = Seule une tâche abandonnée peut être relancée

## Demo

demo-not-empty = La base contient déjà des enregistrements ; l’entreprise de démonstration se crée dans une base vide
demo-refused = L’entreprise de démonstration n’a pas pu être créée : { $path } a répondu « { $answer } »

## Database

db-in-use = Le dossier de données { $dir } est utilisé par un autre processus ; arrêtez-le d’abord
db-tenant-name = Le nom d’un locataire a de 1 à 64 caractères : minuscules sans accents, chiffres, - et _
db-schema-newer = Les données ont été écrites par une version plus récente du programme (migration { $number }, { $name }) ; installez cette version
db-migration-changed = La migration { $name } a été modifiée après son application ; rétablissez son texte
db-no-free-node = Les 1 024 numéros de nœud sont tous utilisés ; arrêtez les programmes devenus inutiles
db-postgres-too-old = PostgreSQL { $version } est trop ancien ; il faut la version 15 ou une version plus récente
db-postgres-encoding = La base de données utilise l’encodage { $encoding } ; il faut UTF8
db-postgres-role-bypasses = Le rôle { $role } peut contourner la sécurité au niveau des lignes ; retirez-lui ce droit

## Records

batch-id-missing = Indiquez l’enregistrement visé : donnez son id
batch-repeated = Le même enregistrement figure deux fois dans cette requête ; citez-le une seule fois
batch-too-many = { $most } au plus à la fois ; envoyez le reste dans une autre requête
cursor-unusable = Ce curseur n’appartient pas à cette liste ; recommencez sans curseur
expand-too-many = On ne peut ouvrir que { $most } relations à la fois
expand-unknown = Il n’y a pas de relation { $field } à ouvrir
field-read-only = Ce champ ne peut pas être écrit ici
field-required = Une valeur est requise
rule-broken = { $text }
field-unknown = { $object } n’a pas ce champ
fields-unknown = { $object } n’a pas de champ { $field }
idempotency-key-reused = Cette Idempotency-Key a servi à une autre requête ; choisissez-en une nouvelle
idempotency-key-unusable = Une Idempotency-Key est un texte de 1 à 255 caractères ASCII
idempotency-twin = La même requête est en cours de traitement ; réessayez dans un instant
if-match-unusable = If-Match attend la version de l’enregistrement, comme "3"
limit-range = La limite est un nombre de 1 à { $most }
match-not-in-file = Aucune colonne du fichier ne remplit { $field }, qui doit servir au rapprochement
match-several = Plusieurs enregistrements ont la valeur { $value } ; on ne sait pas lequel est visé
match-unknown = On ne peut pas retrouver les enregistrements par { $field } ; choisissez un champ texte, un e-mail, un téléphone ou id
relation-not-found = Il n’y a pas d’enregistrement { $id } à relier
relation-to-itself = Un enregistrement ne peut pas être son propre parent
hierarchy-circle = Cela formerait un cercle : { $path }. Donnez d’abord une autre place à l’un de ces enregistrements (ceux de la corbeille gardent la leur)
hierarchy-too-deep = Une hiérarchie a au plus { $most } niveaux
definition-hierarchy = Une hiérarchie est une relation qui mène à un seul enregistrement du même objet
definition-roles = Les rôles sont une liste de codes différents de 100 caractères au plus, d’une relation vers plusieurs enregistrements
definition-role-in-use = Le rôle { $code } ne peut pas être retiré : des liens peuvent l’avoir
definition-inverse-label = Un libellé pour l’autre extrémité suppose le nom de la relation de ce côté (« inverse »)
tree-unknown = Il n’y a pas de hiérarchie « { $field } » de { $object }
tree-none = { $object } n’a pas de hiérarchie
tree-several = { $object } a plusieurs hiérarchies ; indiquez avec « field » celle qui est visée : { $known }
relation-unknown = Aucun enregistrement ne s’appelle { $value } ; créez-le d’abord ou corrigez le nom
rights-change = Vous ne pouvez pas modifier cet enregistrement de { $object }
rights-duplicates = Vous ne pouvez pas créer un enregistrement de { $object } qui semble déjà exister
rights-create = Vous ne pouvez pas créer d’enregistrements de { $object }
rights-delete = Vous ne pouvez pas supprimer cet enregistrement de { $object }
rights-export = Vous ne pouvez pas exporter { $object }
sort-not-sortable = On ne peut pas trier les listes par { $field }
sort-too-many = Les listes se trient par { $most } champs au plus
sort-unknown = { $object } n’a pas de champ { $field } pour le tri
unique-taken = Un autre enregistrement a la valeur { $value } dans { $field } ; elle doit être unique
unique-taken-unknown = Un autre enregistrement a déjà une valeur qui ne peut figurer qu’une fois

## Definitions

definition-bound = Ce n’est pas une valeur du type du champ
definition-fixed = Ceci ne peut plus être modifié ; créez-en un nouveau
definition-in-use = { $by } mène ici ; supprimez d’abord ce champ
definition-looked-at = { $by } dépend de ce champ ; modifiez-le d’abord
definition-mapped = La correspondance enregistrée { $by } remplit ce champ ; modifiez-la ou supprimez-la d’abord
definition-name = Un nom se compose de lettres minuscules a à z, de chiffres et de tirets bas, commence par une lettre et compte 40 caractères au plus
definition-option-in-use = L’option { $code } figure dans des fiches (nombre : { $records }) ; retirez-la du choix ou remplacez-la par une autre
definition-option-named = L’option { $code } est citée par { $by } ; modifiez d’abord cet élément
definition-option-standard = L’option { $code } appartient au programme et reste ; elle peut être retirée du choix
definition-option-replacement = { $code } n’est pas une autre option de ce champ que l’on peut choisir
definition-default-retired = L’option { $code } est la valeur par défaut du champ, qui doit pouvoir être choisie ; changez d’abord la valeur par défaut
definition-colour = L’option { $code } a la couleur { $found } ; une couleur est un nom de la palette (grey, red, orange, yellow, green, teal, blue, violet, pink, brown) ou #rrggbb
definition-options = Un choix demande des options, chacune une seule fois et non vide ; les autres types n’en ont pas
definition-pattern = Ce n’est pas une expression régulière utilisable
definition-numbering = Écrivez ce que les numéros ont en commun, l’année comme { "{yyyy}" } ou { "{yy}" } et une fois le numéro en zéros, comme K-{ "{yyyy}-{0000}" }
definition-personal = Les données personnelles sont ordinary, opinion ou special
definition-restore-taken = Le nom { $name } est pris entre-temps ; ce qui le porte doit d’abord partir
definition-restore-target = La relation { $field } mène à { $object }, qui n’existe pas ; restaurez-le d’abord
definition-scale = Il y a 9 chiffres au plus après la virgule
definition-not-of-type = Un champ de ce type n’a pas cette option
definition-scheme = Le système doit être l’un de : { $known }
definition-shape = La définition est illisible : { $cause }
definition-slots-full = Toutes les places indexées pour les champs de ce type sont prises ; créez le champ avec "filterable": false ou supprimez-en un
definition-standard = Ceci fait partie du produit et ne peut être ni modifié ni supprimé
definition-taken = Ce nom est pris ; choisissez-en un autre
definition-target = Une relation demande un objet existant à relier ; les autres types n’en ont pas
definition-too-many = Il peut y en avoir { $most } au plus
definition-type = Ce type n’existe pas ; il y a : { $known }
definition-other-values = Les valeurs seraient d’un autre type ; créez plutôt un nouveau champ
rollup-missing = Indiquez ce qui est cumulé, par exemple { "{" }"relation": "orders", "function": "sum", "field": "total"{ "}" }
rollup-relation = Aucun enregistrement ne mène à { $object } par une relation { $name } utilisable dans un filtre
rollup-function = La fonction doit être l’une de : { $known }
rollup-needs = { $function } demande l’option { $option } : un champ des enregistrements liés
rollup-takes-no = { $function } n’a pas d’option { $option }
rollup-unfit = { $function } n’a pas de sens pour { $name }, qui est du type { $kind }
rollup-of-rollup = { $name } provient lui-même des chiffres d’autres enregistrements et ne peut pas être cumulé une fois de plus
expression-missing = Indiquez comment la valeur est obtenue, par exemple "expression": "amount * probability / 100"
expression-expected =
    au caractère { $position } : attendu : { $expected ->
        [value] un champ, un nombre, 'texte', true, false, date'…', instant'…', une fonction ou « ( »
        [operator] un opérateur (+, -, *, /, &, =, !=, <, <=, >, >=, and, or) ou la fin
        [empty] « empty » ou « not empty »
        [comma-or-close] « , » ou « ) »
       *[close] « ) »
    }{ $ended ->
        [yes] , mais le texte s’arrête là
       *[no] , mais trouvé « { $found } »
    }
expression-too-large = au caractère { $position } : l’expression est trop longue ou trop imbriquée ; la limite est { $limit }
expression-unknown-field = au caractère { $position } : { $object } n’a pas de champ « { $name } » connu ici
expression-unknown-function = au caractère { $position } : il n’y a pas de fonction « { $name } » ; il y a : { $known }
expression-arguments = au caractère { $position } : { $name } prend de { $least } à { $most } valeurs, et non { $found }
expression-moves = au caractère { $position } : { $name } change de soi-même ; la valeur conservée serait fausse demain. Utilisez-le dans un filtre
expression-types = au caractère { $position } : { $name } ne s’applique pas à { $found }
expression-unfit-field = au caractère { $position } : { $name } est du type { $kind }, qu’une expression ne lit pas
expression-path = au caractère { $position } : { $name } mène à un autre enregistrement ; une expression ne lit que les champs du sien. Un champ cumulé apporte ici les chiffres des autres
expression-number = au caractère { $position } : cette valeur est trop grande ou trop fine
expression-circle = L’expression revient à ce même champ
filter-moves = au caractère { $position } : cela change avec l’heure ou la date ; indiquez une date fixe, car la valeur est conservée et non recalculée chaque jour
definition-unique = Les champs à plusieurs valeurs ou à texte long ne peuvent pas être uniques
label-language = Les libellés se donnent pour en, pl, fr et ro
label-length = Un libellé compte de 1 à 200 caractères
layout-columns = Une section compte entre 1 et { $most } colonnes
layout-field-twice = Le champ « { $field } » figure déjà dans cette disposition
layout-relation-unknown = Il n’y a pas de relation « { $name } » de { $object } vers plusieurs enregistrements
layout-field-unknown = Il n’y a pas de champ « { $field } » dans { $object }
layout-sections = Une disposition compte entre 1 et { $most } sections
layout-team-unknown = Il n’y a pas d’équipe « { $team } »

## Imports

import-fields-missing = Le champ { $field } ou une de ses options manque ; un administrateur peut le créer ou importer ce fichier
import-scope = Les portées de ce jeton ne permettent pas tout ce que fait l’import : il manque { $scope }
import-scope-kind = Un jeton à portée restreinte ne peut pas importer { $kind } ; utilisez un jeton sans restriction
import-file-missing = Le formulaire n’a pas de partie nommée file
import-given-up = L’import a été interrompu plusieurs fois au même endroit ; importez de nouveau le fichier, ou une partie
import-form = Envoyez le fichier en multipart/form-data avec une partie nommée file
import-mode-needs-match = Pour seulement modifier des fiches, indiquez le champ qui identifie les lignes
import-option-unreadable = Cette option est illisible
import-too-large = Les fichiers font { $most } Gio au plus ; divisez le fichier
upload-empty = Le fichier est vide ; envoyez-en un qui a un contenu
upload-too-large = Un fichier fait { $most } Mio au plus ; envoyez-en un plus petit ou faites relever la limite dans les réglages
upload-quota = Les fichiers de l’entreprise peuvent occuper { $most } Mio en tout, et celui-ci n’y tient plus ; faites relever la limite dans les réglages
upload-range = Le fichier a { $size } octets ; demandez-en une partie
import-too-many-choices = La colonne a plus de { $most } valeurs différentes : ce n’est pas un choix ; utilisez le type text
ledger-currencies-mixed = Les lignes d’une commande sont dans des devises différentes
ledger-key-missing = La table [{ $table }] du plan demande une clé key
ledger-map-missing = Un journal de ventes demande un plan qui dit ce que contient chaque colonne
ledger-type-unknown = Le plan cite un type { $kind } qui n’existe pas

## Search

search-object-unknown = Il n’y a pas d’objet « { $object } » dans lequel vous puissiez chercher
search-too-long = Une recherche compte { $limit } caractères au plus
search-too-many-words = Une recherche compte { $limit } mots au plus

## Settings

settings-base-currency-in-use = Des montants sont enregistrés avec { $currency } comme devise de base ; elle ne peut plus changer
settings-country = Un pays s’écrit en deux lettres, comme PL
settings-currency = Une devise s’écrit en trois lettres ISO 4217, comme EUR
settings-day = Un jour s’écrit 2026-11-23
settings-languages = Les langues sont une liste parmi en, pl, fr et ro
settings-number = Écrivez un nombre entier de { $least } à { $most }
settings-megabytes = Ce réglage est un nombre entier de Mio de 1 à { $most }
settings-yes-no = Écrivez true ou false
settings-rate = Un taux est un nombre supérieur à 0, de 1 000 000 au plus, avec 9 décimales au plus
settings-text-expected = Ce réglage est un texte
settings-time-zone = Ce fuseau horaire n’existe pas ; écrivez par exemple Europe/Warsaw
settings-unknown = Ce réglage n’existe pas

## Annulation

undo-nothing = Il n’y a rien à annuler : tout ce que cette action a fait a déjà été annulé
undo-refused = Cette action ne peut plus être annulée, car des données ont été modifiées depuis ; les raisons sont indiquées
undo-still-running = Cette action est encore en cours ; attendez la fin ou arrêtez-la d’abord
undo-too-many = Cette action a touché plus de { $most } fiches. Indiquez dans « conflicts » ce que deviennent celles modifiées depuis (keep ou overwrite) ; elle sera alors annulée en arrière-plan
undo-changed-since = Cela a été modifié depuis
undo-binned-since = La fiche a été mise à la corbeille depuis
undo-field-gone = Un champ modifié n’existe plus
undo-not-allowed = Vous n’avez pas le droit de modifier l’un des champs concernés
undo-out-of-reach = Cette action a aussi modifié des fiches que vous ne pouvez pas voir

## Fusion

merge-count = Indiquez de une à { $most } fiches différentes à fondre dans celle qui reste
merge-itself = La fiche qui reste ne peut pas être fondue en elle-même
merge-too-many-linked = Plus de { $most } fiches mènent à celles-ci ; fusionnez-en moins à la fois
contradiction = Ces fiches se contredisent ({ $fields }), comme si elles n’étaient pas la même : indiquez dans « fields » la valeur qui reste, ou envoyez "confirm": true

## Modifications en masse

bulk-unknown = Indiquez quoi faire : change, delete ou restore
bulk-nothing = Indiquez quoi modifier : fields, add ou remove
bulk-no-fields = Seule une modification accepte des champs
bulk-holds-one = Ce champ contient une seule valeur : fixez-la avec fields
bulk-over = C’est déjà terminé

## Doublons

duplicates-two = Indiquez deux fiches différentes
duplicate-likely = Cette fiche semble déjà exister : regardez celles qui sont citées, ou créez-la avec « allow_duplicate » si vous en avez le droit
duplicates-threshold = Indiquez un seuil de 1 à 100
duplicates-signals = Indiquez de un à { $most } indices
duplicates-one-name = Comparez les noms dans un seul indice : mettez les parties du nom dans ses « fields »
duplicates-unreachable = Tous les indices ensemble n’atteignent pas le seuil : baissez-le ou donnez plus de points
duplicates-fields = Indiquez de un à { $most } champs
duplicates-twice = { $field } figure ici deux fois
duplicates-compare = { $field } ne peut pas être comparé ainsi : choisissez un autre « compare » pour les champs de ce type
duplicates-share = Indiquez un nombre de 0 à 100
duplicates-similar = « similar » concerne les indices qui comparent des noms et ne dépasse pas leurs points
duplicates-group = Ce qui révèle un groupe d’entreprises parle contre : donnez 0 point et indiquez « against »

## Talk

comment-emoji-too-many = Un commentaire porte au plus { $most } réactions différentes
comment-emoji-unknown = Une réaction est exactement un émoji
comment-not-yours = Seul l’auteur de ce commentaire peut faire cela
comment-parent-unknown = Cette fiche n’a pas de tel commentaire auquel répondre
comment-pin-answer = Une réponse ne peut pas être épinglée ; épinglez le commentaire auquel elle répond
comment-thread-full = Ce fil compte { $most } réponses ; commencez-en un nouveau
mention-too-many = Un commentaire mentionne au plus { $most } personnes et équipes
mention-unknown = Il n’y a personne du nom de « { $name } » à mentionner ; écrivez { "@[" }nom](user:id) ou le nom exact d’une équipe
talk-scope = Ce jeton ne peut que lire ces fiches ; il lui faut une portée qui permette d’écrire
talk-users-only = Seuls les utilisateurs peuvent faire cela, pas le logiciel lui-même

template-unknown = Il n’y a pas de tel modèle de { $object }
template-object-unknown = Il n’y a pas d’objet « { $object } » dont faire un modèle
template-relative = Les jours se comptent ainsi : { "{" }"days_from_today": 14{ "}" }, un nombre entier jusqu’à { $most } dans les deux sens ; pour un instant aussi avec "at": "09:00"
template-relative-kind = « { $field } » n’est ni un jour ni un instant : rien ne peut se compter à partir d’aujourd’hui
template-no-files = Un modèle ne garde pas de fichiers
template-too-long = Les valeurs d’un modèle dépassent { $most } octets
template-too-many = Vous avez déjà { $most } modèles, ou il y en a trop de partagés ; supprimez-en d’abord
template-not-yours = Vous ne pouvez pas modifier ce modèle
template-for-all = Vous ne pouvez pas faire de modèle pour tous
notice-assigned = { $by } vous a attribué { $record }
notice-assigned-many = { $by } vous a attribué des fiches ({ $objects } : { $count })
notice-at = Indiquez le « at » que la notification montrait, un instant comme 2026-11-23T11:00:00.000Z
notice-bulk-finished = La modification en masse est terminée
notice-changed = { $by } a modifié { $record }
notice-changed-many = { $by } a modifié des fiches que vous suivez ({ $objects } : { $count })
notice-changed-often = { $record } a été modifié { $count } fois, en dernier par { $by }
notice-commented = { $by } a commenté { $record }
notice-commented-often = { $count } nouveaux commentaires sur { $record }, le dernier de { $by }
notice-import-finished = L’import est terminé : { $created } créés, { $updated } modifiés, { $skipped } ignorés, { $failed } en échec
notice-mentioned = { $by } vous a mentionné sur { $record }
notice-mentioned-often = Vous avez été mentionné { $count } fois sur { $record }, en dernier par { $by }
notice-until = Indiquez soit « all » : true, soit « until » avec un instant comme 2026-11-23T11:00:00Z
reminder-at = Indiquez quand, par un instant comme 2026-11-23T11:00:00Z
reminder-for = Indiquez par son id un utilisateur actif qui peut lire cette fiche
reminder-minutes = Indiquez de combien de minutes, de 1 à dix ans
reminder-note-long = La note d’un rappel compte au plus { $most } caractères
reminder-past = Un rappel est à venir ; cet instant est passé
reminder-too-far = Un rappel est au plus dix ans à l’avance
reminder-too-many = { $most } rappels attendent déjà cet utilisateur
notice-reminded = Rappel : { $note } ({ $record })
notice-reminded-plain = Rappel : { $record }
