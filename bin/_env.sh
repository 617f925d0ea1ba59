# shellcheck shell=bash
# Sourced by the scripts beside it: the Python environment and the system packages, made once.
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
venv=$root/.venv
export PATH=$venv/bin:$PATH DJANGO_SETTINGS_MODULE=cchc.settings

# Started with this in front, a process ends when the script that started it dies, even by kill -9.
tied=(setpriv --pdeathsig TERM)

# shellcheck disable=SC2034 # WeasyPrint's; the fonts are our own, in static/fonts.
pdf_packages=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

installed() {
  [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed* ]]
}

# find_admin: sets what stands before an administrator's command; false when there is no way.
admin=()
find_admin() {
  if ((EUID == 0)); then
    admin=()
  elif sudo -n true 2>/dev/null; then
    admin=(sudo -n)
  elif [[ -t 0 ]] && command -v sudo >/dev/null && sudo -v; then
    admin=(sudo)
  else
    return 1
  fi
}

# need_packages NAME...: installs the Debian packages that are missing, or says who must.
need_packages() {
  local missing=() name
  for name; do
    installed "$name" || missing+=("$name")
  done
  ((${#missing[@]})) || return 0

  find_admin || die "System packages are missing; an administrator must run: apt-get install -y --no-install-recommends ${missing[*]}"
  say "Installing system packages: ${missing[*]}"
  local log apt
  log=$(mktemp)
  apt=("${admin[@]}" env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1
    apt-get -qy -o DPkg::Lock::Timeout=300)
  if ! "${apt[@]}" install --no-install-recommends "${missing[@]}" >"$log" 2>&1 </dev/null; then
    # Absent or old package lists are the usual reason.
    "${apt[@]}" update >"$log" 2>&1 </dev/null || true
    if ! "${apt[@]}" install --no-install-recommends "${missing[@]}" >>"$log" 2>&1 </dev/null; then
      grep -E '^(E|W):' "$log" >&2 || tail -n 5 "$log" >&2
      rm -f "$log"
      die "apt-get could not install: ${missing[*]}"
    fi
  fi
  rm -f "$log"
}

python_serves() {
  "$1" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# A copied or half-made environment, or one whose Python went away, is made anew.
make_venv() {
  if grep -qsF "$venv" "$venv/bin/activate" && "$venv/bin/python" -c 'import pip' 2>/dev/null; then
    [[ -w $venv ]] || die "The Python environment must be updated, but $venv belongs to another account."
    return
  fi
  if [[ -e $venv ]]; then
    [[ -w $venv ]] || die "This account cannot use or remake the Python environment $venv."
  else
    [[ -w $root ]] || die "This account cannot write to $root, where the Python environment is made."
  fi
  local python=python3
  if ! python_serves "$python"; then
    need_packages python3 python3-venv
    python=/usr/bin/python3
    python_serves "$python" || die "Python 3.11 or newer is needed; this machine has $("$python" --version)."
  fi
  say "Making the Python environment"
  "$python" -m venv --clear "$venv" || die "Could not make the Python environment $venv."
}

stamp_of() {
  { printf '%s\n' "$venv" "$(readlink -f "$venv/bin/python")" && cat "$root/$1"; } | sha256sum
}

up_to_date() {
  local lock
  [[ -x $venv/bin/python ]] || return 1
  for lock; do
    [[ $(stamp_of "$lock") == "$(cat "$venv/.installed-$lock" 2>/dev/null)" ]] || return 1
  done
}

# need_python LOCK...: the environment with exactly what the lock files name.
need_python() {
  up_to_date "$@" && return
  (
    flock 9 # another bin/start or bin/test may be at it
    up_to_date "$@" && exit
    make_venv
    say "Installing Python packages: $*"
    wanted=()
    for lock; do wanted+=(-r "$root/$lock"); done
    "${tied[@]}" python -m pip install -qq --disable-pip-version-check --no-input \
      --require-hashes "${wanted[@]}" 9<&- || die "pip could not install: $*"
    for lock; do stamp_of "$lock" >"$venv/.installed-$lock"; done
  ) 9<"$root"
}
