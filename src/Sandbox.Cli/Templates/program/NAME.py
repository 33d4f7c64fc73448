"""NAME: one request on standard input, a JSON line; answers on standard output, a JSON object a line."""
import json
import sys


def say(**message):
    print(json.dumps(message), flush=True)


def main():
    request = json.loads(sys.stdin.readline())
    options = request["options"]
    rows = good = 0
    with open(options["dataset_path"], encoding="utf-8") as lines:
        for line in lines:
            rows += 1
            good += len(json.loads(line).get(options["text_key"], "")) >= options["min_length"]
            if rows % 1000 == 0:
                say(log=f"{rows} rows")
    if rows == 0:
        say(error=f"{options['dataset_path']} has no rows.", remedy="Name a data set that has some.")
        return 1
    say(metrics={"step": rows, "share": good / rows})
    if options["report_path"]:
        with open(options["report_path"], "w", encoding="utf-8") as report:
            json.dump({"share": good / rows, "rows": rows}, report)
    say(result={"share": good / rows, "rows": rows})
    return 0


if __name__ == "__main__":
    sys.exit(main())
