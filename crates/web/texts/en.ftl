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
