from django.urls import path

from madang.decide.agendas.views import imports, proposals, search, similar

app_name = "proposals"

urlpatterns = [
    path("", proposals.listing, name="proposals"),
    path("search/", search.search, name="search"),
    path("new/", proposals.propose, name="propose"),
    path("new/similar/", similar.similar, name="similar"),
    path("write-down/", proposals.write_down, name="write_down"),
    path("import/", imports.upload, name="import"),
    path("import/sample.csv", imports.sample, name="sample"),
    path("import/<int:number>/", imports.preview, name="preview"),
    path("import/<int:number>/rejected.csv", imports.preview_rejected, name="preview_rejected"),
    path("imports/<int:number>/", imports.batch, name="batch"),
    path("imports/<int:number>/rejected.csv", imports.batch_rejected, name="batch_rejected"),
    path("<str:number>/", proposals.proposal, name="proposal"),
    path("<str:number>/received/", proposals.received, name="received"),
    path("<str:number>/withdraw/", proposals.withdraw, name="withdraw"),
    path("<str:number>/decline/", proposals.decline, name="decline"),
    path("<str:number>/hand-over/", proposals.hand_over, name="hand_over"),
]
