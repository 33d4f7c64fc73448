# In the place of EasyAnimate's training: 14 arguments, a checkpoint an epoch.
[ $# = 14 ] && [ -f "$4" ] && [ "$CONDA_DEFAULT_ENV" = easyanimate ] || exit 4
echo "$*" >> "$SITE/calls/train_lora"
for epoch in $(seq 1 "$9"); do
    echo "Steps: 100%|##########| 2/2 [00:01<00:00, lr=1e-4, step_loss=0.25]"
    echo weights > "${12}/checkpoint-$epoch.safetensors"
done
