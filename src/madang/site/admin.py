"""The administration site: people, terms, departments and bodies, for administrators only; every change is signed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.contrib import admin
from django.contrib.admin.sites import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from madang.ground.audit.models import Entry
from madang.ground.audit.operations import operation
from madang.ground.bodies.models import Body, Member
from madang.ground.people.models import Appointment, Department, Person
from madang.ground.people.roles import Role


class MadangAdmin(AdminSite):
    """The administration, behind the same sign-in as everything else."""

    site_header = _("마당 관리")
    site_title = _("마당 관리")
    index_title = _("사람과 기구")

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.actor.holds({Role.ADMINISTRATOR}))  # type: ignore[attr-defined]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send a visitor to the sign-in of the site, and somebody without the role back home."""
        if request.user.is_authenticated:
            return redirect("home")
        return redirect(f"{reverse('account_login')}?{urlencode({'next': reverse('admin:index')})}")


class Signed(admin.ModelAdmin):
    """Sign every change with the person who makes it, so that the log names an actor."""

    def _signed(self, request: Any) -> AbstractContextManager[None]:
        return operation("site.administer", actor=request.actor, at=request.at)

    def _within(self, view: Callable[..., Any], request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with self._signed(request):
            return view(request, *args, **kwargs)

    def changeform_view(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return self._within(super().changeform_view, request, *args, **kwargs)

    def delete_view(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return self._within(super().delete_view, request, *args, **kwargs)

    def changelist_view(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return self._within(super().changelist_view, request, *args, **kwargs)

    def log_addition(self, *args: Any) -> None:
        """The audit log has it already."""

    log_change = log_addition

    def log_deletions(self, *args: Any) -> None:
        """The audit log has it already."""


class PersonAdmin(Signed):
    list_display = ("name", "email", "is_active")
    search_fields = ("name", "email")
    fields = ("email", "name", "language", "dong", "is_active")
    raw_id_fields = ("dong",)


class AppointmentAdmin(Signed):
    list_display = ("person", "role", "district", "department", "starts_on", "ends_on")
    list_filter = ("role", "district")
    raw_id_fields = ("person", "department")


class DepartmentAdmin(Signed):
    list_display = ("name", "district")
    list_filter = ("district",)


class BodyAdmin(Signed):
    list_display = ("name", "kind", "district", "since_on", "until_on")
    list_filter = ("kind", "district")


class MemberAdmin(Signed):
    list_display = ("name", "body", "member_class", "appointed", "starts_on", "ends_on")
    raw_id_fields = ("person", "body")


class EntryAdmin(Signed):
    """The log, to read only."""

    list_display = ("at", "operation", "actor_id", "subject_type", "subject_id", "change")
    list_filter = ("operation", "subject_type")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


admin_site = MadangAdmin(name="admin")
admin_site.register(Person, PersonAdmin)
admin_site.register(Appointment, AppointmentAdmin)
admin_site.register(Department, DepartmentAdmin)
admin_site.register(Body, BodyAdmin)
admin_site.register(Member, MemberAdmin)
admin_site.register(Entry, EntryAdmin)
