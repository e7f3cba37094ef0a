// The first start: three doors (a shop of one's own, a till that is replaced, looking around),
// then step by step what makes the till the shop's. Every step can be left for later; each is
// the page of the Settings that it belongs to. Opened from the Settings it is one step alone.
// It stands without the frame. UI thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/screens/settings/settings_screen.h"
#include "pos/screens/setup/articles_page.h"
#include "pos/screens/setup/restore_sheet.h"
#include "pos/screens/shift/opening_page.h"

namespace pos {

struct SetupInput {
  SetupStep step = SetupStep::country;
  bool is_placed = false;  // the first step was looked for
  bool is_alone = false;   // from the Settings
  SettingsInput settings;
  OpeningInput opening;
  ArticlesInput articles;
  std::optional<RestoreInput> restore;
  // The receipt beside the shop's rows: whose it shows, and its latest picture.
  std::optional<core::Settings> drawn;
  const ui::Texture* slip = nullptr;
};
// This step alone.
void open_step(SetupInput& input, SetupStep step);

struct SetupView {
  std::string head;  // over all
  struct Door {
    std::string title, second;
    ui::Icon icon = ui::icons::none;
    friend bool operator==(const Door&, const Door&) = default;
  };
  std::vector<Door> doors;  // empty: at a step
  struct Tongue {
    std::string label;
    bool is_selected = false;
    friend bool operator==(const Tongue&, const Tongue&) = default;
  };
  std::vector<Tongue> languages;
  struct Step {
    std::string label;
    bool is_done = false, is_here = false;
    friend bool operator==(const Step&, const Step&) = default;
  };
  std::vector<Step> steps;
  std::string place;  // "Step 3 of 9"
  std::string title, explained;
  std::string help_word;
  std::string back, without, next, leave;  // buttons; empty: not offered
  bool is_next_main = true;                // the step is done
  std::string slip_waits;                  // not empty: the receipt stands beside the rows
  std::optional<OpeningView> opening;
  std::string is_open;  // in the place of the float: the shift is open already
  friend bool operator==(const SetupView&, const SetupView&) = default;
};

struct SetupTap {
  enum class Kind : std::uint8_t { none, door, language, step, back, without, next, leave, help };
  Kind kind = Kind::none;
  std::size_t index = 0;
  OpeningTap opening = {};
};

enum class Door : std::uint8_t { own, restore, look_around };

// A scan: a key or a badge that is asked for, the recovery code, or a new article's code.
void take_code(const std::string& code, const Scene& scene, SetupInput& input);
HelpTopic help_topic(const SetupInput& input);
Questions wants(const Scene& scene, const SetupInput& input);
SetupView present(const Scene& scene, const SetupInput& input);
// Where the step's own page lies; the rest is drawn.
struct SetupPlaces {
  PagePlace page;
  ui::Rect side;  // of the receipt; without it it has no width
};
SetupTap draw(ui::Ui& ui, const SetupView& view, const SetupInput& input, int title_button,
              SetupPlaces& places);
Reaction react(const SetupTap& tap, const Scene& scene, SetupInput& input);
Reaction run(ui::Ui& ui, const Scene& scene, SetupInput& input);

}  // namespace pos
