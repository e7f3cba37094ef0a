// What a person does to a security device once, or when a PIN is lost: first use, PINs, keys,
// the PUK. From the screen and from the command line.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "pos/desk/scene.h"

namespace pos {

// Why nothing can be done: the settings name no device.
drivers::SigningFailure no_device_chosen();

// `made_anew`: the device as the settings and the secrets file describe it by then; null where
// none is. What was typed is in that file before a device is set up with it, for its answer may
// be lost; of an unblocking it is there when the device has taken it, or may have.
drivers::Signing<core::Done> set_up_device(
    const SigningWish& wish, const std::string& client, const std::filesystem::path& folder,
    core::Instant now, const std::function<drivers::SigningDevice*()>& made_anew);

}  // namespace pos
