"""What a new person is asked beside the address; kept apart because the sign-up form is built from it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    """Ask for a name once."""

    name = forms.CharField(label=_("이름"), max_length=60, help_text=_("공개되는 곳에는 김○○처럼 성만 보여요."))

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Leave the person as they are: the adapter has written the name already, together with the account."""
