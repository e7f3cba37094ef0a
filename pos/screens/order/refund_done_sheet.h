// What a refund leads to at the counter: how much is handed out, by which tender,
// to whom, and who approved it. It stays until a person has read it. UI thread.
#pragma once

#include "pos/desk/scene.h"
#include "pos/screens/parts/sheet.h"

namespace pos {

struct RefundDoneView {
  std::string title, headline;
  struct Fact {
    std::string label, value;
    friend bool operator==(const Fact&, const Fact&) = default;
  };
  std::vector<Fact> facts;
  std::string close;
  friend bool operator==(const RefundDoneView&, const RefundDoneView&) = default;
};

// Whether the order has a refund that was not read yet; `told` is the count of the
// one that was read last.
bool has_refund_to_tell(const Scene& scene, core::OrderId order, std::uint64_t told);
RefundDoneView present_refund_done(const Scene& scene);  // only while it has
bool draw(ui::Ui& ui, const RefundDoneView& view);       // true: it was read

}  // namespace pos
