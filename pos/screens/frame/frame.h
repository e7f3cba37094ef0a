// What stands around every screen but Sign in: the navigation, the status strip
// that becomes a banner when there is trouble, toasts, and the sheet that asks
// for the PIN of somebody who may. Draw `run` before the screen and `run_above`
// after it. UI thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/screens/parts/lamps.h"
#include "pos/ui/widgets.h"

namespace pos {

struct Toast {
  std::string words;
  ui::State state = ui::State::neutral;
  double until = 0;    // Ui::seconds(); 0: not shown yet
  std::string action;  // leads to `screen`; empty: none
  std::optional<Screen> screen;
};

struct FrameInput {
  // The command that was refused with needs_approval, and the sentence why.
  std::optional<core::Command> pending;
  std::string reason;
  std::string pin;
  bool is_sent = false;     // the command is out with a PIN
  std::string why_refused;  // in words, after the latest PIN
  // The latest is shown; it goes by itself.
  std::optional<Toast> toast;
  // Where a toast has its place in the strip, as drawn last: behind the banner, up to
  // who is signed in. An end of 0: nobody is, the strip is the toast's.
  int strip_begin = 0, strip_end = 0;
  // Trouble whose banner was put away; it comes back when the words change.
  std::string put_away;
};
// Shows `words` for as long as it takes to read them.
void tell(FrameInput& input, std::string words, ui::State state = ui::State::neutral);
// The same with a way to where it is about.
void announce(FrameInput& input, std::string words, std::string action, Screen screen);
// Asks for a PIN for a command that needs approval.
void ask_approval(FrameInput& input, core::Command command, std::string reason);

struct NavView {
  Screen screen = Screen::sell;
  std::string word;
  ui::Icon icon = ui::icons::none;
  int count = 0;
  bool is_selected = false;
  friend bool operator==(const NavView&, const NavView&) = default;
};
enum class Trouble : std::uint8_t {
  none,
  not_saved,
  no_hands,
  card,
  signing,
  clock,
  guesses,
  print,
  aside,
  backup
};
struct BannerView {
  Trouble trouble = Trouble::none;
  std::string words, action;
  ui::State state = ui::State::warn;
  friend bool operator==(const BannerView&, const BannerView&) = default;
};
struct FrameView {
  LogoView logo;
  std::vector<NavView> navigation;
  std::string shop, till;                    // the shop's name is left out where it has no room
  std::vector<StripView> devices;            // printer, terminal, security device, sync
  std::string cashier, initials, lock_word;  // empty: nobody is signed in
  std::string date, time, help_word;
  BannerView banner;
  bool has_toast = false;  // a banner leaves it room
  std::string close_word;
  friend bool operator==(const FrameView&, const FrameView&) = default;
};

struct FrameTap {
  enum class Kind : std::uint8_t {
    none,
    navigate,
    printer,
    terminal,
    sync,
    signing,
    lock,
    help,
    banner,
    put_away
  } kind = Kind::none;
  Screen screen = Screen::sell;
  int strip_begin = 0;  // where the banner ends in the strip
  int strip_end = 0;    // where clock and cashier begin
};

// Where a card attempt is followed: the payment, or the order that is given back.
Reaction show_attempt(const core::CardAttempt& attempt);

FrameView present(const Scene& scene, const FrameInput& input, Screen here);
FrameTap draw(ui::Ui& ui, const FrameView& view);
Reaction react(const FrameTap& tap, const Scene& scene, FrameInput& input);
Reaction run(ui::Ui& ui, const Scene& scene, FrameInput& input, Screen here);
// Toasts and the approval sheet.
Reaction run_above(ui::Ui& ui, const Scene& scene, FrameInput& input);

}  // namespace pos
