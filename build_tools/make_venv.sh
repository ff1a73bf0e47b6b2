#!/bin/sh
# Make a virtual environment with the best Python at hand. Plain sh: there may be no Python yet.
# Usage: make_venv.sh FOLDER
set -eu

folder=$1
names="python3 python3.13 python3.12 python3.14 python3.11 python"

works() { # $1 = a Python that can make environments: 3.11 or later, with venv and ensurepip
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    # BUBAI_PYTHON overrides; the system's own python3 comes first, it gets security updates.
    for name in ${BUBAI_PYTHON:-} $names; do
        if works "$name"; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

packages() { # what Debian and its children lack: only the venv module, a newer Python, or all
    for name in $names; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            echo "$name-venv"
            return 0
        fi
    done
    if command -v python3 >/dev/null 2>&1; then
        echo "python3.11 python3.11-venv"
    else
        echo "python3 python3-venv"
    fi
}

if works "$folder/bin/python" && "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi

if ! python=$(find_python); then
    packages=$(packages)
    if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
        echo "Installing $packages …"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $packages >/dev/null
        python=$(find_python) || python=""
    else
        python=""
    fi
fi

if [ -z "$python" ]; then
    echo "Bubai needs Python 3.11 or later with its venv module. Install it with:" >&2
    echo "    sudo apt-get install -y $packages" >&2
    echo "(or name one that you have: BUBAI_PYTHON=/path/to/python make run)" >&2
    exit 1
fi

echo "Making $folder with $("$python" --version 2>&1) ($python) …"
"$python" -m venv --clear "$folder"
