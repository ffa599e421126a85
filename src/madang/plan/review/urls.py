from django.urls import path

from madang.plan.review import views

app_name = "review"

urlpatterns = [
    path("<int:year>/submit/", views.submit, name="submit"),
    path("<int:year>/submission/", views.submission, name="submission"),
    path("<int:year>/reopen/", views.reopen, name="reopen"),
]
