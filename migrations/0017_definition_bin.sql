-- The bin of objects and fields that an administrator has deleted: since when. Their names are then `#` and their ids,
-- so that others may have them. One that is called so and has no instant is being thrown away.

ALTER TABLE object_definition ADD COLUMN deleted_at BIGINT;
ALTER TABLE field_definition ADD COLUMN deleted_at BIGINT;
