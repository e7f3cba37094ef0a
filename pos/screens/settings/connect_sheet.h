// Connects the till to a platform, step by step: which one, where it is, the
// key, a test that says what was found, and the first sync. Nothing is changed
// before the test was good; the key goes to the secrets file alone.
#pragma once

#include <string>
#include <vector>

#include "pos/screens/parts/sheet.h"
#include "pos/screens/parts/text_sheet.h"

namespace pos {

enum class ConnectStep : std::uint8_t { kind, address, key, test, sync };

struct ConnectInput {
  ConnectStep step = ConnectStep::kind;
  UpstreamTrial trial;
  TextSheetInput text;
};

struct ConnectView {
  std::string title, cancel;
  int step = 1, steps = 4;
  struct Kind {
    std::string kind, name, second;
    ui::Icon icon = ui::icons::none;
    bool is_chosen = false;
    friend bool operator==(const Kind&, const Kind&) = default;
  };
  std::vector<Kind> kinds;
  std::optional<TextSheetView> text;  // of the address and the key
  // Of the test and the first sync.
  ui::Icon icon = ui::icons::none;
  ui::State state = ui::State::neutral;
  std::string words, second;
  std::vector<std::string> found;
  std::string back, again, use, why_not, close;  // buttons; empty: not offered
  friend bool operator==(const ConnectView&, const ConnectView&) = default;
};

struct ConnectTap {
  enum class Kind : std::uint8_t { none, choose, confirm, back, again, use, close };
  Kind kind = Kind::none;
  std::size_t index = 0;
};

// The till's platform, at the step that asks for its key.
ConnectInput enter_key(const core::UpstreamSettings& upstream);

ConnectView present(const Scene& scene, const ConnectInput& input);
ConnectTap draw(ui::Ui& ui, const ConnectView& view, ConnectInput& input);
SheetResult react(const ConnectTap& tap, const Scene& scene, ConnectInput& input);

}  // namespace pos
