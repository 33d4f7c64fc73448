# In the place of EasyAnimate's inference: 11 arguments, videos for each prompt.
[ $# = 11 ] && [ -f "$3" ] && [ -f "$5" ] && [ "$CONDA_DEFAULT_ENV" = easyanimate ] || exit 5
echo "$*" >> "$SITE/calls/infer_lora"
for number in 0 1 2 3 4; do echo video > "${11}/a cat-$number.mp4"; done
