"""A service with one of everything in it, and for each operation an input that it must accept.

The inputs hold every member that the model knows, so that whoever breaks one of them reaches every bound.
"""

import itertools

from conftest import findings_of

ACCOUNT = "000000000000"
TOPIC = f"arn:aws:sns:us-east-1:{ACCOUNT}:alarms"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/inspector"
ALWAYS = {"beginDate": 0, "endDate": 4102444800}
PAIR = {"key": "team", "value": "platform"}


class World:
    """What a finished run left behind, and makers of things to delete."""

    def __init__(self, service, assessed):
        self.inspector = service.client()
        self.target, self.template, self.run = assessed["target"], assessed["template"], assessed["run"]
        self.packages = self.inspector.list_rules_packages()["rulesPackageArns"]
        self.findings = sorted(finding["arn"] for finding in findings_of(self.inspector, self.run))
        self.exclusions = self.inspector.list_exclusions(assessmentRunArn=self.run)["exclusionArns"]
        group = self.inspector.create_resource_group(resourceGroupTags=[{"key": "Environment", "value": "demo"}])
        self.group = group["resourceGroupArn"]
        preview = self.inspector.create_exclusions_preview(assessmentTemplateArn=self.template)
        self.preview = preview["previewToken"]
        self.names = (f"made-{n}" for n in itertools.count())

    def new_target(self):
        return self.inspector.create_assessment_target(assessmentTargetName=next(self.names))["assessmentTargetArn"]

    def new_template(self, target=None):
        return self.inspector.create_assessment_template(
            assessmentTargetArn=target or self.new_target(),
            assessmentTemplateName=next(self.names),
            durationInSeconds=180,
            rulesPackageArns=self.packages[:1],
        )["assessmentTemplateArn"]

    def new_run(self):
        """A run over instances that have no agent: it comes to its end by itself."""
        return self.inspector.start_assessment_run(assessmentTemplateArn=self.new_template(self.target))["assessmentRunArn"]

    def finished_run(self):
        from conftest import wait_for

        run = self.new_run()
        wait_for(self.inspector, run)
        return run

    def subscribed(self, event):
        template = self.new_template(self.target)
        self.inspector.subscribe_to_event(resourceArn=template, event=event, topicArn=TOPIC)
        return template

    def token(self, operation, **arguments):
        """A page token of a list that has more than one item."""
        page = self.inspector._make_api_call(operation, arguments | {"maxResults": 1})
        return {"nextToken": page["nextToken"]} if "nextToken" in page else {}

    def valid(self, operation):
        """An input with every member that the operation takes."""
        return VALID[operation](self)

    def fresh(self, operation):
        """The same, about things that may be used up."""
        return (VALID | USED_UP)[operation](self)


def page(**arguments):
    return lambda world: arguments | {"maxResults": 2}


def runs_filter(world):
    return {
        "namePattern": "*",
        "states": ["COMPLETED"],
        "durationRange": {"minSeconds": 180, "maxSeconds": 86400},
        "rulesPackageArns": world.packages[:1],
        "startTimeRange": ALWAYS,
        "completionTimeRange": ALWAYS,
        "stateChangeTimeRange": ALWAYS,
    }


def findings_filter(world):
    return {
        "agentIds": ["i-0123456789abcdef0"],
        "autoScalingGroups": ["web"],
        "ruleNames": ["Recognized port with listener reachable from internet"],
        "severities": ["Medium"],
        "rulesPackageArns": world.packages[:1],
        "attributes": [{"key": "PORT", "value": "22"}],
        "userAttributes": [PAIR],
        "creationTimeRange": ALWAYS,
    }


VALID = {
    "AddAttributesToFindings": lambda w: {"findingArns": w.findings[:2], "attributes": [PAIR]},
    "CreateAssessmentTarget": lambda w: {"assessmentTargetName": next(w.names), "resourceGroupArn": w.group},
    "CreateAssessmentTemplate": lambda w: {
        "assessmentTargetArn": w.target,
        "assessmentTemplateName": next(w.names),
        "durationInSeconds": 3600,
        "rulesPackageArns": w.packages[:1],
        "userAttributesForFindings": [PAIR],
    },
    "CreateExclusionsPreview": lambda w: {"assessmentTemplateArn": w.template},
    "CreateResourceGroup": lambda w: {"resourceGroupTags": [{"key": "Environment", "value": "demo"}]},
    "DeleteAssessmentRun": lambda w: {"assessmentRunArn": w.run},
    "DeleteAssessmentTarget": lambda w: {"assessmentTargetArn": w.target},
    "DeleteAssessmentTemplate": lambda w: {"assessmentTemplateArn": w.template},
    "DescribeAssessmentRuns": lambda w: {"assessmentRunArns": [w.run]},
    "DescribeAssessmentTargets": lambda w: {"assessmentTargetArns": [w.target]},
    "DescribeAssessmentTemplates": lambda w: {"assessmentTemplateArns": [w.template]},
    "DescribeCrossAccountAccessRole": lambda w: {},
    "DescribeExclusions": lambda w: {"exclusionArns": w.exclusions[:2], "locale": "EN_US"},
    "DescribeFindings": lambda w: {"findingArns": w.findings[:2], "locale": "EN_US"},
    "DescribeResourceGroups": lambda w: {"resourceGroupArns": [w.group]},
    "DescribeRulesPackages": lambda w: {"rulesPackageArns": w.packages[:1], "locale": "EN_US"},
    "GetAssessmentReport": lambda w: {"assessmentRunArn": w.run, "reportFileFormat": "HTML", "reportType": "FINDING"},
    "GetExclusionsPreview": lambda w: {
        "assessmentTemplateArn": w.template,
        "previewToken": w.preview,
        "maxResults": 1,
        "locale": "EN_US",
    }
    | w.token("GetExclusionsPreview", assessmentTemplateArn=w.template, previewToken=w.preview),
    "GetTelemetryMetadata": lambda w: {"assessmentRunArn": w.run},
    "ListAssessmentRunAgents": lambda w: {
        "assessmentRunArn": w.run,
        "filter": {"agentHealths": ["UNKNOWN"], "agentHealthCodes": ["UNKNOWN"]},
        "maxResults": 2,
    }
    | w.token(
        "ListAssessmentRunAgents",
        assessmentRunArn=w.run,
        filter={"agentHealths": ["UNKNOWN"], "agentHealthCodes": ["UNKNOWN"]},
    ),
    "ListAssessmentRuns": lambda w: {
        "assessmentTemplateArns": [w.template],
        "filter": runs_filter(w),
        "nextToken": "x",
        "maxResults": 2,
    },
    "ListAssessmentTargets": lambda w: {
        "filter": {"assessmentTargetNamePattern": "*"},
        "nextToken": "x",
        "maxResults": 2,
    },
    "ListAssessmentTemplates": lambda w: {
        "assessmentTargetArns": [w.target],
        "filter": {
            "namePattern": "*",
            "durationRange": {"minSeconds": 180, "maxSeconds": 86400},
            "rulesPackageArns": w.packages[:1],
        },
        "nextToken": "x",
        "maxResults": 2,
    },
    "ListEventSubscriptions": lambda w: {"resourceArn": w.template, "nextToken": "x", "maxResults": 2},
    "ListExclusions": lambda w: {"assessmentRunArn": w.run, "maxResults": 1}
    | w.token("ListExclusions", assessmentRunArn=w.run),
    "ListFindings": lambda w: {
        "assessmentRunArns": [w.run],
        "filter": findings_filter(w),
        "nextToken": "x",
        "maxResults": 2,
    },
    "ListRulesPackages": lambda w: {"maxResults": 1} | w.token("ListRulesPackages"),
    "ListTagsForResource": lambda w: {"resourceArn": w.template},
    "PreviewAgents": lambda w: {"previewAgentsArn": w.target, "maxResults": 1}
    | w.token("PreviewAgents", previewAgentsArn=w.target),
    "RegisterCrossAccountAccessRole": lambda w: {"roleArn": ROLE},
    "RemoveAttributesFromFindings": lambda w: {"findingArns": w.findings[:2], "attributeKeys": ["team"]},
    "SetTagsForResource": lambda w: {"resourceArn": w.template, "tags": [{"key": "Environment", "value": "demo"}]},
    "StartAssessmentRun": lambda w: {"assessmentTemplateArn": w.template, "assessmentRunName": next(w.names)},
    "StopAssessmentRun": lambda w: {"assessmentRunArn": w.run, "stopAction": "SKIP_EVALUATION"},
    "SubscribeToEvent": lambda w: {"resourceArn": w.template, "event": "FINDING_REPORTED", "topicArn": TOPIC},
    "UnsubscribeFromEvent": lambda w: {"resourceArn": w.template, "event": "FINDING_REPORTED", "topicArn": TOPIC},
    "UpdateAssessmentTarget": lambda w: {
        "assessmentTargetArn": w.target,
        "assessmentTargetName": next(w.names),
        "resourceGroupArn": w.group,
    },
}


def without_token(operation):
    return lambda world: {name: value for name, value in VALID[operation](world).items() if name != "nextToken"}


USED_UP = {
    "DeleteAssessmentRun": lambda w: {"assessmentRunArn": w.finished_run()},
    "DeleteAssessmentTarget": lambda w: {"assessmentTargetArn": w.new_target()},
    "DeleteAssessmentTemplate": lambda w: {"assessmentTemplateArn": w.new_template()},
    "StopAssessmentRun": lambda w: {"assessmentRunArn": w.new_run(), "stopAction": "SKIP_EVALUATION"},
    "SubscribeToEvent": lambda w: VALID["SubscribeToEvent"](w) | {"resourceArn": w.new_template(w.target)},
    "UnsubscribeFromEvent": lambda w: VALID["UnsubscribeFromEvent"](w) | {"resourceArn": w.subscribed("FINDING_REPORTED")},
    "UpdateAssessmentTarget": lambda w: VALID["UpdateAssessmentTarget"](w) | {"assessmentTargetArn": w.new_target()},
} | {
    name: without_token(name)
    for name in ("ListAssessmentRuns", "ListAssessmentTargets", "ListAssessmentTemplates", "ListEventSubscriptions", "ListFindings")
}


class Paper:
    """A world without a service: inputs of the right form, for knowing beforehand what can be checked."""

    target = f"arn:aws:inspector:us-east-1:{ACCOUNT}:target/0-00000000"
    template = f"{target}/template/0-00000000"
    run = f"{template}/run/0-00000000"
    group = f"arn:aws:inspector:us-east-1:{ACCOUNT}:resourcegroup/0-00000000"
    findings = [f"{run}/finding/0-00000000", f"{run}/finding/0-00000001"]
    exclusions = [f"{run}/exclusion/0-00000000"]
    packages = ["arn:aws:inspector:us-east-1:316112463485:rulespackage/0-gEjTy7T7"]
    preview = "00000000-0000-0000-0000-000000000000"
    names = (f"paper-{n}" for n in itertools.count())

    def token(self, operation, **arguments):
        return {"nextToken": "x"}
