// Takes a part of what a payment authorised: an amount on the number pad, with
// what stays authorised afterwards.
#pragma once

#include "pos/screens/parts/keying.h"
#include "pos/screens/parts/order_steps.h"
#include "pos/screens/parts/sheet.h"

namespace pos {

struct CaptureInput {
  ui::Keyed keyed = {};  // minor units
};

struct CaptureView {
  std::string title, shown;
  bool is_hint = false, is_refused = false;
  struct Fact {
    std::string label, value;
    friend bool operator==(const Fact&, const Fact&) = default;
  };
  std::vector<Fact> facts;
  std::string warning;  // when the authorisation lapses
  FootView foot;
  friend bool operator==(const CaptureView&, const CaptureView&) = default;
};

struct CaptureTap {
  ui::PadKey key = ui::PadKey::none;
  SheetTap foot = SheetTap::none;
};

CaptureView present(const Scene& scene, const core::OrderDetail& detail, const CaptureInput& input);
CaptureTap draw(ui::Ui& ui, const CaptureView& view);
SheetResult react(const CaptureTap& tap, const Scene& scene, const core::OrderDetail& detail,
                  CaptureInput& input);

}  // namespace pos
