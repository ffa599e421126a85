from django.db import migrations

from madang.ground.places.operations import load_places


def load(apps, schema_editor):
    load_places(apps.get_model("places", "District"), apps.get_model("places", "Dong"))


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
