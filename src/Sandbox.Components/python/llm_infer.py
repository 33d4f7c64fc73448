"""Answers messages or texts with a local model, over JSON lines.

usage: llm_infer.py SETTINGS.json REQUESTS.jsonl ANSWERS.jsonl

SETTINGS.json: {"type": "huggingface", "vllm" or "modelscope", "model": ..., "model_params": {...}, "sampling_params": {...}}. A line of
REQUESTS is a list of messages, for modelscope a text; a line of ANSWERS is a text, for modelscope what its pipeline ("task") gives. Answers are added one by one: started again, the program goes on behind the last one.
"""
import json
import os
import sys


def huggingface(settings):
    from transformers import pipeline

    pipe = pipeline("text-generation", model=settings["model"], **settings["model_params"])
    sampling = {"max_new_tokens": 512, **settings["sampling_params"]}
    return lambda messages: pipe(messages, return_full_text=False, **sampling)[0]["generated_text"]


def vllm(settings):
    import torch
    import vllm as library

    parameters = dict(settings["model_params"])
    parameters.setdefault("tensor_parallel_size", torch.cuda.device_count())
    model = library.LLM(model=settings["model"], **parameters)
    sampling = library.SamplingParams(**{"max_tokens": 512, **settings["sampling_params"]})
    return lambda messages: model.chat(messages, sampling)[0].outputs[0].text


def modelscope(settings):
    from modelscope.pipelines import pipeline

    given = {name: settings[name] for name in ("task", "model") if settings.get(name)}
    pipe = pipeline(**given, **settings["model_params"])
    return lambda text: plain(pipe(text))


def plain(value):
    """What JSON can say: arrays of numbers as lists, numbers of libraries as Python's."""
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def whole_lines(path):
    """Number of whole lines; half a line at the end is cut off."""
    if not os.path.exists(path):
        return 0
    with open(path, "rb+") as file:
        data = file.read()
        file.truncate(data.rfind(b"\n") + 1)
        return data.count(b"\n")


def main():
    settings_path, requests_path, answers_path = sys.argv[1:4]
    with open(settings_path, encoding="utf-8") as file:
        settings = json.load(file)
    done = whole_lines(answers_path)
    answer = {"huggingface": huggingface, "vllm": vllm, "modelscope": modelscope}[settings["type"]](settings)
    with open(requests_path, encoding="utf-8") as requests, open(answers_path, "a", encoding="utf-8") as answers:
        for number, line in enumerate(requests, 1):
            if number <= done:
                continue
            answers.write(json.dumps(answer(json.loads(line)), ensure_ascii=False) + "\n")
            answers.flush()
            print(json.dumps({"step": number, "answered": number}), flush=True)


if __name__ == "__main__":
    main()
