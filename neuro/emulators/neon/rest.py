"""HTTP and WebSocket: the phone's status, its recording and marks, its template, camera and calibration."""

import struct
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import numpy as np
from aiohttp import ClientConnectionResetError, WSCloseCode, web

from neuro.emulators.neon.payloads import FOCAL_PX, SCENE_PX
from neuro.emulators.neon.phone import Component, Phone, Refused
from neuro.emulators.neon.tcp import HOST

_ITEM = "7a7c3d60-4f0e-4a0e-9d0a-5b0f0a3f1c11"
_TEMPLATE = {
    "id": "2f1d2a5e-8a3b-4f59-8f1e-0d4b5f6a7c88",
    "name": "Heron",
    "created_at": "2026-01-01T00:00:00Z",
    "updated_at": "2026-01-01T00:00:00Z",
    "recording_name_format": ["Heron"],
    "items": [
        {
            "id": _ITEM,
            "title": "Note",
            "widget_type": "TEXT",
            "input_type": "any",
            "choices": None,
            "help_text": "",
            "required": False,
        }
    ],
}
_CONTROLS: dict[str, dict[str, Any]] = {
    "ae_mode": {"current_value": "auto", "allowed_values": ["auto", "manual"]},
    "man_exp": {"current_value": 250, "value_min": 1, "value_max": 1000},
    "gain": {"current_value": 32, "value_min": 0, "value_max": 64},
    "brightness": {"current_value": 128, "value_min": 0, "value_max": 255},
    "contrast": {"current_value": 32, "value_min": 0, "value_max": 64},
    "gamma": {"current_value": 300, "value_min": 100, "value_max": 500},
}


class Rest:
    """Serves the phone on `port`, and keeps that port when it is opened again."""

    def __init__(self, phone: Phone, port: int) -> None:
        self.port = port
        self._phone = phone
        self._answers: dict[str, list[str]] = {_ITEM: [""]}
        self._controls = {name: dict(control) for name, control in _CONTROLS.items()}
        self._listeners: dict[web.WebSocketResponse, web.Request] = {}

    async def open(self) -> None:
        app = web.Application(middlewares=[_refusals])
        app.add_routes(
            [
                web.get("/api/status", self._status),
                web.post("/api/recording:start", self._start),
                web.post("/api/recording:stop_and_save", self._save),
                web.post("/api/recording:cancel", self._cancel),
                web.post("/api/event", self._event),
                web.get("/api/template_def", self._template),
                web.get("/api/template_data", self._template_data),
                web.post("/api/template_data", self._fill_template),
                web.get("/api/camera_control", self._control),
                web.post("/api/camera_control", self._set_controls),
                web.get("/calibration.bin", self._calibration),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Cut all connections and let go of the port."""
        for request in self._listeners.values():
            if request.transport is not None:
                request.transport.abort()
        self._listeners.clear()
        await self._runner.cleanup()

    async def push(self, *components: Component) -> None:
        """Tell everybody who listens that something has changed."""
        for listener in list(self._listeners):
            with suppress(ClientConnectionResetError):  # who has just left need not know
                for component in components:
                    await listener.send_json(component)

    async def _status(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await self._listen(request)
        return _success(self._phone.components())

    async def _listen(self, request: web.Request) -> web.WebSocketResponse:
        listener = web.WebSocketResponse()
        await listener.prepare(request)
        self._listeners[listener] = request
        try:
            for component in self._phone.components():  # the simple client learns of the sensors only here
                await listener.send_json(component)
            async for _message in listener:
                pass
        finally:
            self._listeners.pop(listener, None)
            await listener.close(code=WSCloseCode.GOING_AWAY)
        return listener

    async def _start(self, _request: web.Request) -> web.Response:
        return await self._recording(self._phone.start())

    async def _save(self, _request: web.Request) -> web.Response:
        return await self._recording(self._phone.stop("SAVE"))

    async def _cancel(self, _request: web.Request) -> web.Response:
        return await self._recording(self._phone.stop("DISCARD"))

    async def _recording(self, said: Component) -> web.Response:
        await self.push(said)
        return _success({key: said["data"][key] for key in ("id", "rec_duration_ns")})

    async def _event(self, request: web.Request) -> web.Response:
        wish = await request.json()
        mark = self._phone.mark(wish["name"], wish.get("timestamp"))
        said = {"timestamp": mark.timestamp_ns, "recording_id": mark.recording_id}
        await self.push({"model": "Event", "data": {"name": mark.name, **said}})
        return _success(said)

    async def _template(self, _request: web.Request) -> web.Response:
        return _success(_TEMPLATE)

    async def _template_data(self, _request: web.Request) -> web.Response:
        return _success(self._answers)

    async def _fill_template(self, request: web.Request) -> web.Response:
        self._answers |= await request.json()
        return _success(self._answers)

    async def _control(self, request: web.Request) -> web.Response:
        self._needs_camera()
        name = next((name for name in self._controls if name in request.query), None)
        if name is None:
            raise Refused("Unknown control")
        return _success({"control_name": name, **self._controls[name]})

    async def _set_controls(self, request: web.Request) -> web.Response:
        self._needs_camera()
        for name, control in self._controls.items():
            if name in request.query:
                control["current_value"] = type(control["current_value"])(request.query[name])
        return _success({})

    def _needs_camera(self) -> None:
        if not self._phone.plugged:
            raise web.HTTPNotFound(text="the camera is not connected")

    async def _calibration(self, _request: web.Request) -> web.Response:
        return web.Response(body=calibration(self._phone.device_id), content_type="application/octet-stream")


def calibration(serial: str) -> bytes:
    """calibration.bin: version, serial, then matrix, distortion and place of the scene, right and left cameras."""
    width, height = SCENE_PX
    scene = np.array([[FOCAL_PX, 0, width / 2], [0, FOCAL_PX, height / 2], [0, 0, 1]])
    eye = np.array([[140.0, 0, 96], [0, 140.0, 96], [0, 0, 1]])
    cameras = b"".join(_packed(matrix) + bytes(64) + _packed(np.eye(4)) for matrix in (scene, eye, eye))
    return struct.pack("<B6s", 1, serial[:6].encode()) + cameras + bytes(4)


def _packed(matrix: np.ndarray[Any, np.dtype[np.float64]]) -> bytes:
    return matrix.astype("<f8").tobytes()


def _success(result: object) -> web.Response:
    return web.json_response({"message": "Success", "result": result})


@web.middleware
async def _refusals(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """What the phone refuses is a 500 with its reason, as the Companion app has it."""
    try:
        return await handler(request)
    except Refused as refused:
        return web.json_response({"message": str(refused)}, status=500)
