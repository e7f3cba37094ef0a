#!/usr/bin/env bash
# The till on every kind of display that a machine without a screen can have: a
# Wayland compositor for kiosks (cage), X under that, and Xorg with one screen
# and with two. What is seen there is compared with what the till draws headless.
# The program as it is shipped: what a display's libraries do is no sanitizer's business.
TRESEN_PROGRAM=$(cd "$(dirname "$0")/../.." && pwd)/.build/release/tresen
source "$(dirname "$0")/setup.sh"

# Compositors and X servers refuse root, and nobody should run a till as root.
chmod 711 "$temp"
mkdir -m 700 "$temp/user"
user=(env)
if [ "$(id -u)" = 0 ]; then
  mkdir -p -m 1777 /tmp/.X11-unix
  chown 65534:65534 "$temp/user"
  user=(setpriv --reuid 65534 --regid 65534 --clear-groups)
fi
cd "$temp/user"
unset DISPLAY WAYLAND_DISPLAY SDL_VIDEODRIVER
export HOME=$temp/user XDG_RUNTIME_DIR=$temp/user
as_user() { "${user[@]}" "$@"; }
pictures() { "$python" "$here/displays/pictures.py" "$@"; }
# write FILE: what is said on stdin, as the user's.
write() { as_user tee "$1" >/dev/null; }
pause() { read -rt 0.1 <> <(:) || :; }
tries=900  # of what is waited for: a machine may be slow

# --- what is expected ---
# The first start tells of the demo shop's online orders; the pictures are of later ones.
write first.drive <<<"expect neue Bestellungen
wait-idle"
write look.drive <<<"wait-idle
shot picture.png"
check "the demo shop is there" as_user "$tresen" drive --data shop first.drive
# expected WxH: the picture of a till of this size.
expected() {
  as_user "$tresen" drive --data shop --size "$1" look.drive && pictures plain picture.png | write "$1.ppm"
}
for size in 1280x720 2560x720 1280x800; do
  check "a till of $size is drawn headless" expected "$size"
done
# shop NAME [WINDOW]: a copy of the shop, with or without the customer's window.
shop() {
  as_user cp -r shop "$1"
  write "$1/tresen.toml" <<<"[display]
window = \"${2:-off}\""
}

# --- what is seen ---
# alike EXPECTED [PLACE]: until it is; but for the clock, what waits and the pointer.
alike() {
  local percent=no i
  for ((i = 0; i < tries; ++i)); do
    if take seen && percent=$(pictures same seen "$@") && [ "$percent" -ge 96 ]; then return; fi
    kill -0 "$running" 2>/dev/null || break
    pause
  done
  echo "  $percent percent of the pixels are alike, there are $(pictures colours seen "${2:-}") colours"
  tail -n 5 server.log till.log 2>/dev/null
  return 1
}
# is_drawn PLACE: until there is a picture.
is_drawn() {
  local i
  for ((i = 0; i < tries; ++i)); do
    if take seen && [ "$(pictures colours seen "$1")" -gt 8 ]; then return; fi
    pause
  done
  return 1
}
# ends DATA: the till ends when it is told to, well, and with it what `running` is.
ends() {
  local pid
  pid=$(pgrep -o -f -- "tresen --data $1\$") && kill "$pid" && wait "$running"
  is "$(cat status)" 0
}

# --- Wayland ---
# compositor OUTPUTS DRIVER COMMAND...: cage without a screen, and its one program. Its
# outputs are turned by 180 degrees, which grim turns back: what needs no turning cage may
# show without drawing it, and grim is then given a picture of before.
compositor() {
  local outputs=$1 driver=$2; shift 2
  as_user rm -f wayland-0 wayland-0.lock status
  "${user[@]}" env WLR_BACKENDS=headless WLR_HEADLESS_OUTPUTS="$outputs" WLR_LIBINPUT_NO_DEVICES=1 \
    WLR_RENDERER=pixman SDL_VIDEODRIVER="$driver" cage -r -r -- "$@" >server.log 2>&1 &
  running=$!
  servers+=("$running")
}
# till_in_cage DATA OUTPUTS DRIVER
till_in_cage() {
  write run.sh <<<"'$tresen' --data $1 2>till.log; echo \$? >status"
  compositor "$2" "$3" sh run.sh
}
take() { as_user env WAYLAND_DISPLAY=wayland-0 grim -t ppm "$1" 2>/dev/null; }
for driver in wayland x11; do
  shop "$driver"
  till_in_cage "$driver" 1 "$driver"
  check "cage, $driver: the till is seen" alike 1280x720.ppm
  check "cage, $driver: it ends well" ends "$driver"
  shop "$driver-two" on
  till_in_cage "$driver-two" 1 "$driver"
  check "cage, $driver: the customer's window does not lie over the till" alike 1280x720.ppm
  check "cage, $driver: both windows end well" ends "$driver-two"
done
shop wide on
till_in_cage wide 2 wayland
check "cage with two screens: the till lies over both" alike 2560x720.ppm
check "cage with two screens: it ends well" ends wide

# fails SENTENCE ENVIRONMENT...: the till does not start, and says why.
fails() {
  local sentence=$1 status=0 said; shift
  said=$(as_user env "$@" "$tresen" --data shop 2>&1) || status=$?
  is "$status" 2 && says "$said" "$sentence"
}
compositor 1 wayland sh -c 'echo $$ >sleeps; exec sleep 600'
wait_for wayland-0 "$running"
check "Wayland without OpenGL: a sentence and an exit status" fails \
  "nothing can be drawn through wayland" WAYLAND_DISPLAY=wayland-0 SDL_VIDEODRIVER=wayland \
  __EGL_VENDOR_LIBRARY_DIRS="$temp/user"
kill "$(cat sleeps)" && wait "$running" || :  # cage ends with its program, and as it did
check "no display: a sentence and an exit status" fails "there is no display"
check "no card for KMSDRM: a sentence and an exit status" fails "there is no display" \
  SDL_VIDEODRIVER=kmsdrm

# --- X ---
as_user cp "$here/displays/xorg.conf" xorg.conf
"${user[@]}" bash -c 'exec Xorg -displayfd 3 -config "$PWD/xorg.conf" -noreset -novtswitch \
  -sharevts -nolisten tcp -logfile "$PWD/xorg.log" 3>display' >server.log 2>&1 &
server=$!
servers+=("$server")
until [ -s display ]; do
  kill -0 "$server" 2>/dev/null || { bad "Xorg starts: $(tail -n 1 server.log)"; finish; }
  pause
done
DISPLAY=:$(cat display)
export DISPLAY
take() { as_user xwd -root -silent -out "$1" 2>/dev/null; }
till_under_x() {
  as_user rm -f status
  "${user[@]}" sh -c "'$tresen' --data $1 2>till.log; echo \$? >status" &
  running=$!
  servers+=("$running")
}
# The driver notices what has changed when it is asked.
look_for_screens() { as_user xrandr --query >/dev/null; }
as_user xrandr --addmode DUMMY1 1024x576
plug() { as_user xrandr --output DUMMY1 --mode 1024x576 --right-of DUMMY0 && look_for_screens; }
unplug() { as_user xrandr --output DUMMY1 --off && look_for_screens; }
second=1024x576+1280+0 first=1280x800+0+0

shop one
till_under_x one
check "Xorg: the till is seen" alike 1280x800.ppm "$first"
check "Xorg: it ends well" ends one
shop two on
till_under_x two
check "Xorg, one screen: the customer's window does not lie over the till" alike 1280x800.ppm "$first"
plug
check "Xorg, a second screen: the customer's window lies there" is_drawn "$second"
check "Xorg, a second screen: the till stays on its own" alike 1280x800.ppm "$first"
unplug
check "Xorg, the second screen gone: the till is seen as before" alike 1280x800.ppm "$first"
plug
check "Xorg, the second screen back: so is the customer's window" is_drawn "$second"
check "Xorg, two screens: both windows end well" ends two
finish
