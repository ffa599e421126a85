from madang.ground.people.permissions import Who, register

PERMISSIONS = register({"site.home": Who.signed_in()})
