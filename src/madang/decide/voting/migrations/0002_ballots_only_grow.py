from django.db import migrations

REFUSE = """
CREATE OR REPLACE FUNCTION voting_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a ballot cannot be changed'; END $$;
CREATE TRIGGER ballots_only_grow BEFORE UPDATE OR DELETE ON voting_ballot
  FOR EACH ROW EXECUTE FUNCTION voting_refuse_change();
"""
ADMIT = "DROP TRIGGER ballots_only_grow ON voting_ballot; DROP FUNCTION voting_refuse_change();"


class Migration(migrations.Migration):
    dependencies = [("voting", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ADMIT)]
