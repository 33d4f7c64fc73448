"""Computes a metric of generated videos with Data-Juicer's own program.

usage: inception_metrics.py REQUEST.json RESULT.jsonl

Runs where Data-Juicer's code is (its directory tools). REQUEST.json holds the arguments of calc_metrics; its line of results goes to
RESULT.jsonl.
"""
import json
import os
import sys


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    sys.path.insert(0, os.getcwd())
    from tools.mm_eval.inception_metrics.calc_metrics_for_videos import calc_metrics

    calc_metrics(**request, result_path=sys.argv[2])


if __name__ == "__main__":
    main()
