# What the reader of a page does without being told.

# Leaves the server running in another terminal, stops the one before, and waits until it answers.
serve() {
  [ -z "${SERVER-}" ] || { kill "$SERVER" && wait "$SERVER"; } 2>/dev/null
  if [ -f /dev/stdout ]; then "$@" & else "$@" >>server.log 2>&1 & fi
  SERVER=$!
  until curl -s "localhost:$SERVER_PORT/" >/dev/null; do
    kill -0 "$SERVER" 2>/dev/null || { cat server.log; return 1; }
    sleep 0.2
  done
}

# A terminal has no meter above what comes.
curl() { command curl --no-progress-meter "$@"; }

# Of all servers on this machine only the reader's own is meant; whether it has ended is for the page to ask.
pkill() {
  case "$*" in *'[f]ermata.jar'*) ;; *) return 1 ;; esac
  if [ "$1" = -9 ]; then kill -9 "$SERVER"; else kill "$SERVER"; fi
}
pgrep() { kill -0 "$SERVER" 2>/dev/null; }

# These commands stand in a test of the packaged server: there is nothing left to build.
cat >mvnw <<'END'
#!/bin/sh
case "$*" in
  *spring-boot:run*) exec java -jar target/fermata.jar ;;
  *) [ -f target/fermata.jar ] ;;
esac
END
chmod +x mvnw

# What needs root or Docker is only parsed.
apt-get() { :; }
sudo() { :; }
docker() { :; }
