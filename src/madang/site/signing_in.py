"""Signing in by a code sent by e-mail; a name is asked for once."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.ground.audit.operations import operation
from madang.ground.people.actors import NOBODY, actor_for


def _dress(form: forms.Form) -> None:
    """Give the boxes the look of the shell, with a label above instead of a word inside."""
    for field in form.fields.values():
        field.widget.attrs["class"] = "in"
        field.widget.attrs.pop("placeholder", None)
    if "email" in form.fields:
        form.fields["email"].label = _("전자우편 주소")
        form.fields["email"].widget.attrs["autocomplete"] = "email"
    if "code" in form.fields:
        form.fields["code"].label = _("받은 번호")
        form.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "autocapitalize": "characters"}


class RequestLoginCodeForm(account.RequestLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self)

    def clean_email(self) -> str:
        """Take note of the address of somebody whom the staff entered, so that this code alone lets them in."""
        email: str = super().clean_email()
        if self._user is not None:
            first = not EmailAddress.objects.filter(user=self._user, primary=True).exists()
            EmailAddress.objects.get_or_create(user=self._user, email=email.lower(), defaults={"primary": first})
        return email


class ConfirmLoginCodeForm(account.ConfirmLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self)


class ConfirmEmailCodeForm(account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self)


class SignUpForm(account.SignupForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Write every account change into the log like any other."""

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.name = form.cleaned_data.get("name", "")
        with operation("people.sign_up", actor=NOBODY, at=request.at):  # type: ignore[attr-defined]
            return super().save_user(request, user, form, commit)

    def login(self, request: HttpRequest, user: Any) -> None:
        at = request.at  # type: ignore[attr-defined]
        with operation("people.sign_in", actor=actor_for(user, at), at=at):
            super().login(request, user)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Lead somebody who signs up with a known address to signing in; the page tells nobody that it is known."""
        address = context.request.build_absolute_uri(reverse("account_login"))
        self.send_mail("account/email/account_already_exists", email, {"login_url": address})
