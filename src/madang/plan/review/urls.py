from django.urls import path

from madang.plan.review import paper_views, views

app_name = "review"

urlpatterns = [
    path("<int:year>/submit/", views.submit, name="submit"),
    path("<int:year>/submission/", views.submission, name="submission"),
    path("<int:year>/reopen/", views.reopen, name="reopen"),
    path("<int:year>/papers/form-3-1.<slug:kind>", paper_views.letter_file, name="letter_file"),
    path("<int:year>/papers/form-3-2.<slug:kind>", paper_views.council_list_file, name="council_list_file"),
]
