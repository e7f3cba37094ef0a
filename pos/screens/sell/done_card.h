// The Done card over the cart: the change in 40 px, what became of slip, mail
// and push, and what can still be asked for. No dead end: the products stay
// live beside it, and the next tap or scan begins the next sale.
#pragma once

#include <string>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/screens/sell/sell_layout.h"
#include "pos/ui/widgets.h"

namespace pos {

// A signature that takes longer than this is told of.
inline constexpr std::chrono::milliseconds signing_is_shown_after{500};

struct DoneFact {
  std::string title = {}, second = {}, badge = {};  // badge empty: none
  ui::State state = ui::State::neutral;
  ui::Icon icon = ui::icons::none, badge_icon = ui::icons::none;
  friend bool operator==(const DoneFact&, const DoneFact&) = default;
};
struct DoneLine {
  std::string label, value;
  friend bool operator==(const DoneLine&, const DoneLine&) = default;
};
struct DoneView {
  bool is_paid = true;  // false: left partially paid
  std::string title, saved, saved_short;
  std::string main_label, main_amount;  // change, or what is still due, or what was paid
  std::vector<DoneLine> lines;          // given, total
  std::vector<DoneFact> facts;          // slip, mail, push
  std::string print_word, gift_word, email_word, drawer_word, next_word, next_second;
  friend bool operator==(const DoneView&, const DoneView&) = default;
};
enum class DoneTap : std::uint8_t { none, print, gift, email, drawer, next };

bool shows_done(const Scene& scene);
DoneView present_done(const Scene& scene);  // only while shows_done()
DoneTap draw(ui::Ui& ui, const DoneView& view, const SellLayout& at);
// `email` is answered by the screen, which opens a sheet.
Reaction react(DoneTap tap, const Scene& scene);

}  // namespace pos
