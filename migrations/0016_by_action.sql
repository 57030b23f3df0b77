-- Whether an action is still going on is asked before it is taken back.

CREATE INDEX bulk_by_action ON bulk (tenant_id, action_id);
CREATE INDEX import_by_action ON import (tenant_id, action_id);
