"""Reports as clients fetch them: a link that needs no signature, HTML or PDF, for findings alone or everything."""

import re
import shutil
import subprocess
import urllib.error
import urllib.request

import pytest

KINDS = [(form, kind) for form in ("HTML", "PDF") for kind in ("FINDING", "FULL")]


@pytest.fixture
def run(assessed):
    return assessed["run"]


def fetch(service, run, form, kind):
    answer = service.client().get_assessment_report(assessmentRunArn=run, reportFileFormat=form, reportType=kind)
    assert answer["status"] == "COMPLETED"
    with urllib.request.urlopen(answer["url"], timeout=60) as page:
        return answer["url"], page.headers["content-type"], page.read()


@pytest.mark.parametrize("form,kind", KINDS)
def test_each_report_has_the_type_that_was_asked_for(shared_service, run, form, kind):
    url, content_type, body = fetch(shared_service, run, form, kind)
    if form == "PDF":
        assert content_type == "application/pdf" and body.startswith(b"%PDF-1.7")
    else:
        assert content_type.startswith("text/html") and body.startswith(b"<!DOCTYPE html>")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(url[:-1] + ("A" if url[-1] != "A" else "B"), timeout=10)
    assert refused.value.code == 403


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext reads what a PDF says; package poppler-utils")
def test_the_pdf_says_what_the_page_says(shared_service, run, tmp_path):
    path = tmp_path / "report.pdf"
    arguments = ["--format", "pdf", "--type", "full", "--output", str(path), "--endpoint-url", shared_service.url]
    shared_service.inspector("report", run, *arguments)
    told = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    told = re.sub(r"\s", "", told)
    _, _, html = fetch(shared_service, run, "HTML", "FULL")
    headings = re.findall(r"<h[1-4][^>]*>([^<]+)</h", html.decode())
    assert len(headings) > 10
    for heading in headings:
        plain = re.sub(r"\s", "", heading.replace("&#39;", "'").replace("&amp;", "&"))
        assert plain in told, heading
