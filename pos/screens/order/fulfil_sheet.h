// Hands over some lines of an order: which and how many, by which carrier, with
// which tracking number, and whether the customer is told. One parcel at a time;
// what is left stays to be fulfilled.
#pragma once

#include "pos/screens/order/line_picker.h"
#include "pos/screens/parts/sheet.h"
#include "pos/screens/parts/text_sheet.h"

namespace pos {

// What the next parcel carries on its label; kept by the order page.
struct ParcelInput {
  std::string carrier, tracking_number;
  bool tells_customer = true;
};

struct FulfilInput {
  std::vector<core::LineQuantity> open, picked;
};
FulfilInput fulfil_input(const core::OrderDetail& detail);

struct FulfilView {
  std::string title;
  std::vector<PickLine> lines;
  std::string carrier_word, tracking, tracking_id, notify;
  std::vector<std::string> carriers;
  std::optional<std::size_t> carrier;
  bool has_parcel = true;  // not at the counter, not of a download
  bool tells_customer = true;
  std::string notify_why_not;
  FootView foot;
  friend bool operator==(const FulfilView&, const FulfilView&) = default;
};

struct FulfilTap {
  PickTap pick;
  std::optional<std::size_t> carrier;
  bool is_notify = false, is_tracking = false;
  SheetTap foot = SheetTap::none;
};

// The carriers that are offered; the names are theirs.
const std::vector<std::string>& carriers();

FulfilView present(const Scene& scene, const core::OrderDetail& detail, const FulfilInput& input,
                   const ParcelInput& parcel);
FulfilTap draw(ui::Ui& ui, const FulfilView& view);
SheetResult react(const FulfilTap& tap, const core::OrderDetail& detail, FulfilInput& input,
                  ParcelInput& parcel);

// Whether the customer can be told at all; else why not: a text key.
std::string_view cannot_tell(const core::Order& order);

}  // namespace pos
