// Who sells: tiles of the cashiers and a PIN pad; the language until somebody
// has signed in. A wrong PIN is said in words, and after three of them how long
// to wait. UI thread.
#pragma once

#include <string>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/ui/pads.h"
#include "pos/ui/ui.h"

namespace pos {

struct SignInInput {
  std::int64_t cashier = 0;  // the tile that was tapped; 0: the first one
  std::string pin = {};
  bool is_sent = false;  // a PIN is on its way, or was answered
};

struct SignInView {
  struct Device {
    std::string words;
    ui::Icon icon = ui::icons::none;
    ui::State state = ui::State::ok;
    friend bool operator==(const Device&, const Device&) = default;
  };
  std::vector<Device> devices;
  LogoView logo;
  std::string shop, till, strip_till, date, time, help_word;
  std::string question;
  struct Person {
    std::int64_t row = 0;
    std::string name = {}, second = {}, initials = {};
    int category = 1;
    bool is_selected = false;
    friend bool operator==(const Person&, const Person&) = default;
  };
  std::vector<Person> people;
  struct Choice {
    std::string label;
    bool is_selected = false;
    friend bool operator==(const Choice&, const Choice&) = default;
  };
  std::vector<Choice> languages;  // in the order of pos::languages
  Person chosen;
  std::string message;  // "Enter PIN", or what was wrong
  bool is_wrong = false, is_locked = false;
  int entered = 0;
  std::string clear, sign_in, why_not, hint;
  bool can_sign_in = false;
  friend bool operator==(const SignInView&, const SignInView&) = default;
};

struct SignInTap {
  enum class Kind : std::uint8_t { none, person, key, language, sign_in, help };
  Kind kind = Kind::none;
  int index = 0;
  ui::PadKey key = ui::PadKey::none;
};

Questions wants(const Scene& scene, const SignInInput& input);
SignInView present(const Scene& scene, const SignInInput& input);
SignInTap draw(ui::Ui& ui, const SignInView& view, SignInInput& input);
Reaction react(const SignInTap& tap, const Scene& scene, SignInInput& input);
Reaction run(ui::Ui& ui, const Scene& scene, SignInInput& input);

}  // namespace pos
