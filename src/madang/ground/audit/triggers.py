"""Watch every table of Madang with one database trigger, and keep the log from being changed.

A model may carry two attributes: ``audit_redacted`` (columns whose values the log must not keep, such as names,
addresses, choices of a ballot; ``id`` among them also hides which row it was) and ``audit_skip = True`` (tables that
are themselves a log or an outbox).
"""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections, models

FUNCTION = """
CREATE OR REPLACE FUNCTION audit_row_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  redacted text[] := string_to_array(coalesce(TG_ARGV[0], ''), ',');
  old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
  new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
  before_part jsonb := old_row;
  after_part jsonb := new_row;
  column_name text;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT jsonb_object_agg(key, value) INTO before_part
      FROM jsonb_each(old_row) WHERE new_row -> key IS DISTINCT FROM value;
    IF before_part IS NULL THEN RETURN NULL; END IF;
    SELECT jsonb_object_agg(key, value) INTO after_part
      FROM jsonb_each(new_row) WHERE old_row -> key IS DISTINCT FROM value;
  END IF;
  FOREACH column_name IN ARRAY redacted LOOP
    IF before_part ? column_name THEN before_part := jsonb_set(before_part, ARRAY[column_name], '"***"'); END IF;
    IF after_part ? column_name THEN after_part := jsonb_set(after_part, ARRAY[column_name], '"***"'); END IF;
  END LOOP;
  INSERT INTO audit_entry (at, operation, operation_id, actor_id, on_behalf_of_id, subject_type, subject_id,
                           change, before, after, reason, database_role)
  VALUES (
    coalesce(nullif(current_setting('madang.at', true), '')::timestamptz, clock_timestamp()),
    coalesce(nullif(current_setting('madang.operation', true), ''), 'direct'),
    nullif(current_setting('madang.operation_id', true), '')::uuid,
    nullif(current_setting('madang.actor', true), '')::bigint,
    nullif(current_setting('madang.on_behalf_of', true), '')::bigint,
    TG_ARGV[1], CASE WHEN 'id' = ANY (redacted) THEN '***' ELSE coalesce(new_row, old_row) ->> TG_ARGV[2] END,
    lower(TG_OP), before_part, after_part,
    coalesce(current_setting('madang.reason', true), ''), session_user);
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log cannot be changed'; END $$;
CREATE OR REPLACE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
"""


def watched_models() -> list[type[models.Model]]:
    """Return every model of Madang whose rows are audited."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("madang.")
        and model._meta.managed
        and not getattr(model, "audit_skip", False)
        and model._meta.app_label != "audit"
    ]


def watch_all_tables(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """Put the triggers in place after a migration; the application's role keeps only SELECT and INSERT on the log."""
    if sender.label != "audit" and not kwargs.get("plan"):
        return
    with connections[using].cursor() as cursor:
        existing = set(connections[using].introspection.table_names(cursor))
        if "audit_entry" not in existing:
            return
        cursor.execute(FUNCTION)
        for model in watched_models():
            if model._meta.db_table in existing:
                cursor.execute(_trigger_for(model))
        _keep_log_append_only(cursor)


def _trigger_for(model: type[models.Model]) -> str:
    redacted = ",".join(getattr(model, "audit_redacted", ()))
    label = model._meta.label_lower
    return (
        f'CREATE OR REPLACE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON "{model._meta.db_table}" '
        f"FOR EACH ROW EXECUTE FUNCTION audit_row_change('{redacted}', '{label}', '{model._meta.pk.column}')"
    )


def _keep_log_append_only(cursor: Any) -> None:
    role = settings.MADANG_APP_ROLE
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone():
        cursor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM "{role}"')
        cursor.execute(f'GRANT SELECT, INSERT ON audit_entry TO "{role}"')
