// The till as a program: configuration, objects, threads, and the loop that
// draws a frame for every event and otherwise sleeps.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/settings/settings.h"
#include "pos/config/make_signing.h"
#include "pos/config/make_terminal.h"
#include "pos/desk/scene.h"

namespace pos {

struct TillOptions;
// What the till opens with after it was left by this door, by somebody who reads this
// language; the error is a sentence.
using Reopen = std::function<core::Result<TillOptions, std::string>(Leaving, Language)>;

struct TillOptions {
  std::filesystem::path folder;                    // of the store; made if missing
  std::vector<core::SettingEntry> fixed_settings;  // of tresen.toml and the command line
  std::string mail_password;
  TerminalSecrets terminal;
  SigningSecrets signing;
  std::filesystem::path pictures;  // of the catalogue
  std::optional<Screen> screen;    // opens there
  int width = 1280, height = 800;
  bool is_headless = false;
  bool is_fullscreen = false;
  Reopen reopen = {};
};

// Runs until the window is closed. The result is the exit status; errors are
// one line on stderr.
int run_till(const TillOptions& options);

// Drives the real screens without a window by the script's lines (see
// pos/drive/drive.h); 0, or 1 with the line that failed on stderr.
int drive_till(const TillOptions& options, const std::filesystem::path& script);

}  // namespace pos
