// tresen, tresen drive: the till itself, in a window or driven by a script.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "pos/cli/command.h"

namespace pos::cli {

struct TillFlags {
  bool demo = false;
  bool dark = false;
  bool headless = false;
  bool fullscreen = false;
  bool first_start = false;
  std::string screen;
  std::string size;
  std::string language;
};
void add_till_flags(CLI::App& app, TillFlags& flags);

// The till in its window (or none), until it is closed.
Status run_till_command(const Common& common, const TillFlags& flags);

std::unique_ptr<Command> drive_command(CLI::App& app);

}  // namespace pos::cli
