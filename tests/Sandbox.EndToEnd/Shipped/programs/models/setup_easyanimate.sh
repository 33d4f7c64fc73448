# In the place of the script that fetches EasyAnimate.
mkdir -p EasyAnimate && cp "$PROGRAMS"/EasyAnimate/* EasyAnimate/
