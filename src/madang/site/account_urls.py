"""Signing in: only the pages of allauth that Madang uses; there are no passwords."""

from allauth.account import views
from django.urls import path

from madang.ground.people.guards import open_to_all

urlpatterns = [
    path("login/", open_to_all(views.request_login_code), name="account_login"),
    path("login/", open_to_all(views.request_login_code), name="account_request_login_code"),
    path("login/confirm/", open_to_all(views.confirm_login_code), name="account_confirm_login_code"),
    path("signup/", open_to_all(views.signup), name="account_signup"),
    path("confirm-email/", open_to_all(views.email_verification_sent), name="account_email_verification_sent"),
    path("logout/", open_to_all(views.logout), name="account_logout"),
    path("inactive/", open_to_all(views.account_inactive), name="account_inactive"),
]
