#include "pos/screens/setup/setup_screen.h"

#include <algorithm>

#include "core/catalogue/gs1.h"
#include "pos/screens/settings/setup_faces.h"

namespace pos {

namespace {

bool is_at_doors(const Scene& scene, const SetupInput& input) {
  return !input.is_alone && scene.till.settings.setup.wizard == "doors";
}

Section section_of(SetupStep step) {
  return face_of(step).section;
}

bool has_rows(SetupStep step) {
  return section_of(step) != Section::devices;
}

std::size_t index_of(SetupStep step) {
  return static_cast<std::size_t>(step);
}

void go_to(SetupInput& input, SetupStep step) {
  input.step = step;
  input.settings = {};
  input.settings.section = section_of(step);
  input.opening = {};
  input.articles = {};
}

// After a power cut it goes on at the first step that is still open.
void place(const Scene& scene, SetupInput& input) {
  if (input.is_placed || is_at_doors(scene, input)) return;
  input.is_placed = true;
  const auto open = open_steps(scene.till);
  go_to(input, open.empty() ? SetupStep::cash : open.front());
}

void add_doors(const Scene& scene, SetupView& view) {
  const Words& words = scene.words;
  view.title = words("Welcome");
  view.explained = words(
      "No account, no network needed. Whatever is asked can be left for later and changed in the "
      "Settings.");
  view.doors = {
      {std::string(words("Set up my shop")),
       std::string(words("Step by step to the first sale, in about a quarter of an hour")),
       ui::icons::storefront},
      {std::string(words("Restore a backup")),
       std::string(words("This machine takes the place of a till; its file and the recovery code "
                         "are enough")),
       ui::icons::backup},
      {std::string(words("Just look around")),
       std::string(words("A delicatessen to try everything out; it stays apart from your shop")),
       ui::icons::visibility}};
  for (const Language language : languages) {
    view.languages.push_back({std::string(name_of(language)), language == words.language()});
  }
}

// Words of the foot: what leads on, and whether the shop may do without this step.
void add_foot(const Scene& scene, const SetupInput& input, SetupView& view) {
  const Words& words = scene.words;
  const bool is_done = pos::is_done(scene.till, input.step);
  view.is_next_main = is_done;
  if (input.is_alone) {
    view.next = words("Done");
    view.is_next_main = true;
  } else {
    const bool is_last = input.step == SetupStep::cash;
    view.next = !is_done  ? words("Later")
                : is_last ? words("Begin to sell")
                          : words.with("button", "Next");
  }
  if (!is_done && is_optional(input.step)) view.without = words("We do without it");
  if (!input.is_alone) view.back = words("Back");
}

}  // namespace

void open_step(SetupInput& input, SetupStep step) {
  input = {};
  input.is_alone = input.is_placed = true;
  go_to(input, step);
}

HelpTopic help_topic(const SetupInput& input) {
  if (input.restore) return HelpTopic::backup;
  switch (input.step) {
    case SetupStep::articles:
      return HelpTopic::articles;
    case SetupStep::cash:
      return HelpTopic::shift;
    default:
      return has_rows(input.step) ? help_topic(section_of(input.step)) : HelpTopic::setup;
  }
}

void take_code(const std::string& code, const Scene& scene, SetupInput& input) {
  const std::string typed(core::without_symbology(code));
  if (input.restore && input.restore->step == RestoreStep::code) {
    input.restore->text.value = typed;
  } else if (!take_typed(code, input.settings) && input.step == SetupStep::articles) {
    take_code(typed, scene, input.articles);
  }
}

Questions wants(const Scene& scene, const SetupInput& input) {
  if (is_at_doors(scene, input)) return {};
  if (input.step == SetupStep::cash) return {core::AskShift{}};
  return has_rows(input.step) ? wants(scene, input.settings) : Questions{};
}

SetupView present(const Scene& scene, const SetupInput& input) {
  const Words& words = scene.words;
  SetupView view;
  view.head = words("First steps");
  view.help_word = words("Help");
  if (is_at_doors(scene, input)) {
    add_doors(scene, view);
    return view;
  }
  const StepFace& face = face_of(input.step);
  view.title = words(face.title);
  view.explained = words(face.explained);
  if (!input.is_alone) {
    view.place = words.fill("Step {0} of {1}", {std::to_string(index_of(input.step) + 1),
                                                std::to_string(all_setup_steps.size())});
    for (const SetupStep step : all_setup_steps) {
      view.steps.push_back(
          {std::string(words(face_of(step).title)), is_done(scene.till, step), step == input.step});
    }
  }
  view.leave = words(input.is_alone ? "Back to the settings" : "Leave it there and sell");
  add_foot(scene, input, view);
  if (input.step == SetupStep::shop) view.slip_waits = words("The slip is being drawn …");
  if (input.step == SetupStep::cash) {
    if (scene.till.shift) {
      view.is_open = words("The shift is open");
    } else {
      view.opening = present(scene, input.opening, {});
    }
  }
  return view;
}

namespace {

core::ChangeSetting setting(const char* key, std::string value) {
  return {key, std::move(value)};
}

// The first start is over; what is open stands in the Settings.
Reaction end(const SetupInput& input) {
  if (input.is_alone) return show(Screen::settings);
  Reaction reaction = say(setting("setup.wizard", "off"));
  reaction.go = Screen::sell;
  return reaction;
}

Reaction open_door(Door door, SetupInput& input) {
  if (door == Door::own) return say(setting("setup.wizard", "steps"));
  Reaction reaction;
  if (door == Door::restore) {
    input.restore.emplace();
    return reaction;
  }
  reaction.leaving = Leaving::to_demo;
  return reaction;
}

Reaction speak(Language language) {
  const std::string code(code_of(language));
  Reaction reaction = say(setting("till.language", code));
  reaction.commands.emplace_back(setting("shop.language", code));
  return reaction;
}

Reaction step_on(const SetupInput& before, SetupInput& input) {
  const std::size_t next = index_of(before.step) + 1;
  if (before.is_alone || next == all_setup_steps.size()) return end(before);
  go_to(input, all_setup_steps[next]);
  return {};
}

Reaction step_back(SetupInput& input) {
  if (index_of(input.step) > 0) {
    go_to(input, all_setup_steps[index_of(input.step) - 1]);
    return {};
  }
  input = {};
  return say(setting("setup.wizard", "doors"));
}

// What goes with a country, as long as nothing was sold.
void add_customs(const Scene& scene, Reaction& reaction) {
  if (scene.till.counts.has_shifts || reaction.commands.empty()) return;
  const auto* change = reaction.commands.front().as<core::ChangeSetting>();
  if (!change || change->key != "shop.country") return;
  struct Customs {
    const char *country, *zone, *currency, *cash_step;
  };
  for (const Customs& customs :
       {Customs{"DE", "Europe/Berlin", "EUR", "0"}, Customs{"AT", "Europe/Vienna", "EUR", "0"},
        Customs{"CH", "Europe/Zurich", "CHF", "5"}}) {
    if (change->value != customs.country) continue;
    reaction.commands.emplace_back(setting("shop.time_zone", customs.zone));
    reaction.commands.emplace_back(setting("shop.currency", customs.currency));
    reaction.commands.emplace_back(setting("tax.cash_step", customs.cash_step));
    return;
  }
}

// The receipt is drawn anew when anything that stands on it has changed.
void draw_anew(const Scene& scene, SetupInput& input, Reaction& reaction) {
  if (input.step != SetupStep::shop || input.drawn == scene.till.settings) return;
  if (!reaction.is_empty()) return;
  input.drawn = scene.till.settings;
  reaction.sample = SlipWish{sample_receipt(scene), core::SlipForm::original};
}

}  // namespace

Reaction react(const SetupTap& tap, const Scene& scene, SetupInput& input) {
  using Kind = SetupTap::Kind;
  switch (tap.kind) {
    case Kind::none:
      break;
    case Kind::door:
      return open_door(static_cast<Door>(tap.index), input);
    case Kind::language:
      return speak(languages[tap.index]);
    case Kind::step:
      go_to(input, all_setup_steps[tap.index]);
      return {};
    case Kind::back:
      return step_back(input);
    case Kind::without: {
      Reaction reaction = say(leave_out(scene.till.settings, input.step));
      Reaction next = step_on(input, input);
      if (next.go) reaction.go = next.go;
      for (core::Command& command : next.commands) reaction.commands.push_back(std::move(command));
      return reaction;
    }
    case Kind::next:
      return step_on(input, input);
    case Kind::help:
      return ask_for_help();
    case Kind::leave:
      return end(input);
  }
  return react(tap.opening, scene, input.opening);
}

Reaction run(ui::Ui& ui, const Scene& scene, SetupInput& input) {
  place(scene, input);
  const bool at_doors = is_at_doors(scene, input), rows = !at_doors && has_rows(input.step);
  const int button = rows ? page_button_width(ui, scene, input.settings) : 0;
  SetupPlaces places;
  const bool was_restoring = input.restore.has_value();
  const SetupTap tap = draw(ui, present(scene, input), input, button, places);
  Reaction reaction;
  if (was_restoring) {
    SheetResult result = run(ui, scene, *input.restore);
    if (result.is_closed) {
      input.restore.reset();
      ui.blur();
    }
    return std::move(result.reaction);
  }
  if (rows) reaction = run_page(ui, scene, input.settings, places.page);
  if (!at_doors && input.step == SetupStep::articles) {
    reaction = run(ui, places.page.body, scene, input.articles);
  }
  add_customs(scene, reaction);
  if (reaction.is_empty()) reaction = react(tap, scene, input);
  if (!at_doors) draw_anew(scene, input, reaction);
  return reaction;
}

}  // namespace pos
