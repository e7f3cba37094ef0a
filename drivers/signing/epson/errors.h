// What the errors of an Epson TSE mean for a till ("Germany Fiscal Element JSON
// Specification" M00124202 rev. C, chapter 5). Pure.
#pragma once

#include <string_view>

#include "drivers/signing/epson/codec.h"
#include "drivers/signing/signing_device.h"

namespace drivers::epson {

// What a till does by itself, once, before it asks again.
enum class Repair { none, log_in, log_in_admin, self_test, set_time, wait };
Repair repair_of(std::string_view result);

// An error of the TSE ("TSE1_ERROR_NO_TIME_SET"), whoever the maker of its store is.
SigningFailure failure_of(const Reply& reply);
// A code of the host about the device as such ("DEVICE_NOT_FOUND").
SigningFailure host_failure(std::string_view code);

}  // namespace drivers::epson
