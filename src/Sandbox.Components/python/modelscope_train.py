"""Trains a model with ModelScope.

usage: modelscope_train.py REQUEST.json

REQUEST.json is the job's config: model_name, trainer_name, work_dir, train_dataset, eval_dataset, key_remapping and the sections
of ModelScope's own config. The log of the training goes to standard output, where the sandbox reads it.
"""
import json
import sys


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        config = json.load(file)
    from modelscope.msdatasets import MsDataset
    from modelscope.trainers import build_trainer

    def load(path, split):
        dataset = MsDataset.load(path, split=split).ds_instance
        for old, new in config.get("key_remapping", {}).items():
            if old in dataset.features:
                dataset = dataset.rename_column(old, new)
        return dataset

    def merge(settings):
        settings.merge_from_dict(config)
        return settings

    arguments = {"model": config["model_name"], "work_dir": config["work_dir"], "cfg_modify_fn": merge}
    for key, split in (("train_dataset", "train"), ("eval_dataset", "val")):
        arguments[key] = load(config[key], split) if config.get(key) else None
    build_trainer(name=config["trainer_name"], default_args=arguments).train()


if __name__ == "__main__":
    main()
