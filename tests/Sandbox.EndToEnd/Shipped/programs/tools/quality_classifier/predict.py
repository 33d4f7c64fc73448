"""In the place of Data-Juicer's quality classifier."""
import json


class Overall:
    def __init__(self, mean):
        self.loc = {"mean": mean}


def predict_score(dataset, result, overall_stats=False):
    with open(dataset, encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    return Overall(1 / len(texts))
