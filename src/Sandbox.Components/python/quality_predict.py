"""Scores texts with Data-Juicer's own quality classifier.

usage: quality_predict.py DATASET SCORED RESULT.json

Runs where Data-Juicer's code is (its directory tools). RESULT.json gets {"mean": ...}, the mean score.
"""
import json
import os
import sys


def main():
    dataset, scored, result = sys.argv[1:4]
    sys.path.insert(0, os.getcwd())
    from tools.quality_classifier.predict import predict_score

    overall = predict_score(dataset, scored, overall_stats=True)
    with open(result, "w", encoding="utf-8") as file:
        json.dump({"mean": float(overall.loc["mean"].iloc[0] if hasattr(overall.loc["mean"], "iloc") else overall.loc["mean"])}, file)


if __name__ == "__main__":
    main()
