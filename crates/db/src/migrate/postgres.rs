//! The journal of migrations in PostgreSQL, and what guards its tables: row-level security, rights, the role.

use super::{ALL, Applied, JOURNAL, Migration, pending};
use crate::{Dialect, driver::postgres::failure::failure};
use base::{Error, Result, Timestamp, message};
use tokio_postgres::Client;

const OLDEST: &str = "150000";

/// The role that works. It owns nothing and may bypass nothing.
const ROLE: &str = "
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rapport_app') THEN
        CREATE ROLE rapport_app NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
    IF NOT pg_has_role(current_user, 'rapport_app', 'MEMBER') THEN
        EXECUTE format('GRANT rapport_app TO %I', current_user);
    END IF;
END $$;
";

/// The rows of a table are those of one tenant; where the session names none, the query fails.
///
/// Security is forced, so it binds the owner too, and the policy is one for reading and writing.
const GUARD: &str = "
DO $$ DECLARE guarded regclass; BEGIN
    FOR guarded IN
        SELECT c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace AND c.relname <> 'tenant'
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', guarded);
        IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = guarded AND polname = 'tenant') THEN
            EXECUTE format('CREATE POLICY tenant ON %s USING (tenant_id = current_setting(''rapport.tenant'')::bigint)',
                guarded);
        END IF;
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO rapport_app', guarded);
    END LOOP;
END $$;
GRANT SELECT, UPDATE ON node TO rapport_app;
DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO rapport_app', current_schema()); END $$;
";

/// A migration that changes data sees all tenants: the owner is bound again at the end of the same transaction.
const UNGUARD: &str = "
DO $$ DECLARE guarded regclass; BEGIN
    FOR guarded IN
        SELECT oid FROM pg_class WHERE relforcerowsecurity AND relnamespace = current_schema()::regnamespace
    LOOP
        EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', guarded);
    END LOOP;
END $$;
";

/// Functions in the conditions that indexes on custom fields answer. Under row-level security PostgreSQL uses an
/// index only for functions that are known not to leak their arguments; these do not, but only a superuser may say so.
const LEAKPROOF: [&str; 3] = ["jsonb_object_field_text(jsonb, text)", "int8in(cstring)", "textout(text)"];

/// Applies what is missing. The caller holds the lock that lets one program in at a time.
pub(crate) async fn migrate(client: &mut Client, now: Timestamp) -> Result<()> {
    check_server(client).await?;
    client.batch_execute(JOURNAL).await.map_err(|e| failure(&e))?;
    let rows = client.query("SELECT number, name, digest FROM migration ORDER BY number", &[]).await;
    let applied = |row: &tokio_postgres::Row| Applied { number: row.get(0), name: row.get(1), digest: row.get(2) };
    let journal: Vec<Applied> = rows.map_err(|e| failure(&e))?.iter().map(applied).collect();
    for step in pending(Dialect::Postgres, &journal, ALL)? {
        apply(client, step, now).await.map_err(|error| {
            tracing::error!(%error, cause = error.as_db_error().map(|e| e.message()), migration = step.file,
                "a migration failed; nothing of it remains");
            failure(&error)
        })?;
    }
    trust_functions(client).await.map_err(|e| failure(&e))
}

async fn check_server(client: &Client) -> Result<()> {
    let facts = "SELECT current_setting('server_version_num')::int >= $1::text::int, current_setting('server_version'),
        current_setting('server_encoding')";
    let row = client.query_one(facts, &[&OLDEST]).await.map_err(|e| failure(&e))?;
    let (new_enough, version, encoding): (bool, String, String) = (row.get(0), row.get(1), row.get(2));
    if !new_enough {
        return Err(Error::Conflict(message!("db-postgres-too-old", version = version)));
    }
    if encoding != "UTF8" {
        return Err(Error::Conflict(message!("db-postgres-encoding", encoding = encoding)));
    }
    client.batch_execute(ROLE).await.map_err(|e| failure(&e))?;
    let bypass = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = 'rapport_app'";
    if client.query_one(bypass, &[]).await.map_err(|e| failure(&e))?.get(0) {
        return Err(Error::Conflict(message!("db-postgres-role-bypasses", role = "rapport_app")));
    }
    Ok(())
}

async fn apply(client: &mut Client, step: &Migration, now: Timestamp) -> Result<(), tokio_postgres::Error> {
    let transaction = client.transaction().await?;
    transaction.batch_execute(UNGUARD).await?;
    transaction.batch_execute(&step.text(Dialect::Postgres)).await?;
    transaction.batch_execute(GUARD).await?;
    let journal = "INSERT INTO migration (number, name, digest, at) VALUES ($1, $2, $3, $4)";
    let (number, name, digest) = (step.number(), step.name(), step.digest(Dialect::Postgres));
    transaction.execute(journal, &[&number, &name, &digest, &now.0]).await?;
    transaction.commit().await
}

/// Marks the functions where the login may, and says what a superuser has to do where it may not.
pub(crate) async fn trust_functions(client: &Client) -> Result<(), tokio_postgres::Error> {
    let untrusted = "SELECT name FROM unnest($1::text[]) AS wanted (name)
        WHERE NOT (SELECT proleakproof FROM pg_proc WHERE oid = name::regprocedure)";
    let rows = client.query(untrusted, &[&LEAKPROOF.as_slice()]).await?;
    let commands: Vec<String> =
        rows.iter().map(|row| format!("ALTER FUNCTION {} LEAKPROOF;", row.get::<_, &str>(0))).collect();
    if !commands.is_empty() && client.batch_execute(&commands.concat()).await.is_err() {
        tracing::warn!(
            commands = commands.join(" "),
            "indexes on custom fields stay unused until a superuser runs these commands in this database"
        );
    }
    Ok(())
}
